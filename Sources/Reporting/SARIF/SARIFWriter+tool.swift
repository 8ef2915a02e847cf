internal import Findings

extension SARIFWriter {
  func driver(in driver: inout JSONWriter) {
    driver.member("name", SARIFLimit.cut(report.tool, to: SARIFLimit.name))
    driver.member("version", ifPresent: report.version)
    if isSemanticVersion(report.version) { driver.member("semanticVersion", report.version) }
    // A report that was read may be another tool's.
    if view.isOwn { driver.member("informationUri", Self.homepage) }
    if !weaknesses.isEmpty {
      driver.array("supportedTaxonomies") { array in
        array.object { taxonomyReference(in: &$0) }
      }
    }
    driver.array("rules") { array in
      for rule in view.rules { array.object { descriptor(of: rule, in: &$0) } }
    }
  }

  /// Whether it reads `N.N.N`, perhaps with a suffix (https://semver.org).
  private func isSemanticVersion(_ text: String) -> Bool {
    let core = text.prefix { $0 != "-" && $0 != "+" }.split(separator: ".", omittingEmptySubsequences: false)
    return core.count == 3 && core.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  private func descriptor(of rule: Rule, in descriptor: inout JSONWriter) {
    let title = rule.title.isEmpty ? rule.id : rule.title
    descriptor.member("id", rule.id)
    let name = camelCase(rule.id)
    // A name that says no more than the id is to be left out (rule SARIF1001 of the SARIF Multitool).
    if name != rule.id { descriptor.member("name", ifPresent: SARIFLimit.cut(name, to: SARIFLimit.name)) }
    descriptor.object("shortDescription") {
      $0.member("text", SARIFLimit.cut(title, to: SARIFLimit.description))
    }
    descriptor.object("fullDescription") {
      $0.member("text", SARIFLimit.cut(rule.why.isEmpty ? title : rule.why, to: SARIFLimit.description))
    }
    descriptor.object("help") { help in
      help.member("text", SARIFLimit.cut(helpText(rule, title: title), to: SARIFLimit.message))
      help.member("markdown", SARIFLimit.cut(helpMarkdown(rule, title: title), to: SARIFLimit.message))
    }
    if let page = view.page(of: rule) { descriptor.member("helpUri", page) }
    descriptor.object("defaultConfiguration") { $0.member("level", rule.severity.sarifLevel) }
    if !rule.weaknesses.isEmpty {
      descriptor.array("relationships") { array in
        for weakness in Set(rule.weaknesses).sorted() {
          array.object { relationship(to: weakness, in: &$0) }
        }
      }
    }
    descriptor.object("properties") { properties in
      properties.array("tags", ifPresent: tags(of: rule))
      properties.member("precision", rule.confidence.rawValue)
      properties.member("security-severity", rule.severity.score.description)
      properties.member("tollgate/level", rule.level.rawValue)
      properties.member("tollgate/phase", rule.phase.rawValue)
      properties.member("tollgate/pack", ifPresent: rule.pack)
    }
  }

  private func helpText(_ rule: Rule, title: String) -> String {
    let pages = rule.references.joined(separator: "\n")
    let paragraphs = [rule.fix.isEmpty ? title : rule.fix, pages]
    return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func helpMarkdown(_ rule: Rule, title: String) -> String {
    var paragraphs = ["**\(title)**", rule.why]
    if !rule.fix.isEmpty { paragraphs.append("**Fix:** \(rule.fix)") }
    paragraphs.append(rule.references.map { "- <\($0)>" }.joined(separator: "\n"))
    return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func camelCase(_ id: String) -> String {
    id.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// GitHub reads `security` and `external/cwe/cwe-N`, GitLab `cwe-N`, by which it tells secrets from the rest; both take
  /// ten tags.
  private func tags(of rule: Rule) -> [String] {
    let external = rule.weaknesses.map { "external/cwe/cwe-\($0)" }
    let plain = rule.weaknesses.map { "cwe-\($0)" }
    let all = ["security"] + (profile == .gitlab ? plain + external : external) + rule.tags
    var seen: Set<String> = []
    return Array(all.filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(SARIFLimit.tags))
  }

  // MARK: CWE

  static func weaknessPage(_ weakness: Int) -> String { "https://cwe.mitre.org/data/definitions/\(weakness).html" }

  func taxonomy(in taxonomy: inout JSONWriter) {
    taxonomy.member("name", "CWE")
    taxonomy.member("organization", "MITRE")
    taxonomy.member("informationUri", "https://cwe.mitre.org/")
    taxonomy.object("shortDescription") { $0.member("text", "The MITRE Common Weakness Enumeration.") }
    taxonomy.array("taxa") { taxa in
      for weakness in weaknesses {
        taxa.object { taxon in
          taxon.member("id", String(weakness))
          taxon.member("helpUri", Self.weaknessPage(weakness))
        }
      }
    }
  }

  private func relationship(to weakness: Int, in relationship: inout JSONWriter) {
    relationship.object("target") { target in
      target.member("id", String(weakness))
      if let index = weaknesses.firstIndex(of: weakness) { target.member("index", index) }
      target.object("toolComponent") { taxonomyReference(in: &$0) }
    }
    relationship.array("kinds", ifPresent: ["superset"])
  }

  private func taxonomyReference(in reference: inout JSONWriter) {
    reference.member("name", "CWE")
    reference.member("index", 0)
  }
}
