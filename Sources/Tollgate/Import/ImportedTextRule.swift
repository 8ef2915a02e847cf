internal import Findings
internal import Matching
internal import RulePacks

/// A rule of another tool on its way to a text rule: with keywords that every match holds, and with examples.
struct ImportedTextRule {
  var id: String
  var alias: String
  var title: String
  var pattern: String
  var keywords: [String]
  /// The group that is the credential; `nil`: the only one there is, or the whole match.
  var group: Int?
  var entropy: Double?
  var tags: [String]
  var isGeneric: Bool

  /// Why there is no such rule.
  struct Failure: Error {
    var why: String
  }

  private static let minKeywordBytes = 3
  private static let maxVariants = 12
  private static let frequentWords: Set<String> = [
    "token", "secret", "password", "passwd", "api", "key", "auth", "access", "client", "http", "https", "https://",
    "user",
    "value", "name", "string", "data",
  ]

  /// The rule in YAML, as an element of `rules`.
  func text() throws(Failure) -> String {
    let keywords = try provenKeywords()
    let secret = try secretGroup(keywords)
    var head = self.head(keywords, secret, filters: "placeholder")
    var rule = try self.rule(head)
    var firing = samples(rule, startingAt: 0, count: 2, fires: true, from: firingCandidates())
    // A value without a prefix of its own may be the name of a variable instead.
    if !firing.isEmpty, !hasOwnPrefix(rule, firing[0]) {
      head = self.head(keywords, secret, filters: "placeholder, reference")
      rule = try self.rule(head)
      firing = samples(rule, startingAt: 0, count: 2, fires: true, from: firingCandidates())
    }
    guard firing.count == 2 else { throw Failure(why: "no text could be made that it matches, as an example") }
    let silent = samples(rule, startingAt: 2, count: 3, fires: false, from: silentCandidates(firing[0], keywords))
    guard silent.count == 3 else {
      throw Failure(why: "no three texts could be made on which it is silent, as examples")
    }
    var text = head + "    examples:\n"
    for sample in firing { text += "      - fires: \(YAMLText.block(sample, indent: 10))" }
    for sample in silent { text += "      - silent: \(YAMLText.block(sample, indent: 10))" }
    return text
  }

  // MARK: Keywords

  /// The tool's own keywords, where every match holds one of them; else literals of the pattern.
  private func provenKeywords() throws(Failure) -> [String] {
    let own = keywords.map { $0.lowercased() }.filter { $0.utf8.count >= Self.minKeywordBytes }
    if !own.isEmpty, isProven(own) { return own }
    let literals: [String]
    do throws(PatternError) {
      literals = try PatternSample.literals(in: pattern)
      try BoundedPattern(pattern).check()
    } catch {
      throw Failure(why: "its pattern is not one of ours: \(error)")
    }
    var all = own + literals.filter { !own.contains($0) }
    guard !all.isEmpty, isProven(all) else {
      throw Failure(
        why:
          "a match need not hold one of its keywords or another literal, and patterns are looked for around those only")
    }
    // Without those that are not needed, the most frequent first: words of every program, then the shortest.
    func frequency(_ keyword: String) -> (Int, Int) {
      (Self.frequentWords.contains(keyword) ? 0 : 1, keyword.utf8.count)
    }
    for keyword in all.sorted(by: { frequency($0) < frequency($1) }) where all.count > 1 {
      let fewer = all.filter { $0 != keyword }
      if isProven(fewer) { all = fewer }
    }
    return all
  }

  private func isProven(_ keywords: [String]) -> Bool {
    (try? AnchoredPattern(pattern, anchors: keywords).check()) != nil
  }

  private func secretGroup(_ keywords: [String]) throws(Failure) -> Int {
    let pattern = AnchoredPattern(pattern, anchors: keywords)
    func hasGroup(_ number: Int) -> Bool { (try? pattern.group("\(number)")) != nil }
    if let group {
      guard hasGroup(group) else { throw Failure(why: "its pattern has no group \(group)") }
      return group
    }
    // Of several groups gitleaks takes the first that took part, which no one number says.
    return hasGroup(1) && !hasGroup(2) ? 1 : 0
  }

  // MARK: Text

  private func head(_ keywords: [String], _ secret: Int, filters: String) -> String {
    let name = String(YAMLText.oneLine(title).prefix(80))
    var text = "  - id: \(id)\n    title: \(YAMLText.quoted(name.isEmpty ? id : name))\n"
    text += "    severity: \(isGeneric ? "medium" : "high")\n    confidence: \(isGeneric ? "low" : "medium")\n"
    text += "    level: \(isGeneric ? "warn" : "deny")\n    phase: code\n"
    let tags = ["secret", "cwe-798"] + tags.map(YAMLText.identifier).filter { !$0.isEmpty && $0 != "secret" }
    text += "    tags: [\(tags.joined(separator: ", "))]\n    aliases: [\(YAMLText.quoted(alias))]\n    on: text\n"
    text += "    keywords: [\(keywords.map(YAMLText.quoted).joined(separator: ", "))]\n"
    text += "    pattern: \(YAMLText.quoted(pattern))\n"
    if secret != 0 { text += "    secret: \(secret)\n" }
    if let entropy, (0...8).contains(entropy) { text += "    entropy: \(entropy)\n" }
    text += "    filters: [\(filters)]\n"
    text += "    message: \(YAMLText.quoted(title.isEmpty ? id : title))\n"
    text += "    why: Everyone who can read this file can use what the credential opens.\n"
    text += "    fix: Revoke the credential where it was issued, and read the new one from outside of the repository.\n"
    return text
  }

  private func rule(_ head: String) throws(Failure) -> TextRule {
    do throws(RulePackError) {
      let pack = "pack: import\nrules:\n" + head
      let read = try RulePackReader(checksPatterns: false).read(Array(pack.utf8), file: id)
      guard let rule = read.textRules.first else { throw RulePackError(diagnostics: []) }
      return rule
    } catch {
      throw Failure(why: error.diagnostics.first?.message ?? "it could not be written down")
    }
  }

  // MARK: Examples

  /// The first candidates that come out as wanted, each at the place where it will stand: the place decides what is drawn.
  private func samples(
    _ rule: TextRule, startingAt first: Int, count: Int, fires wanted: Bool, from candidates: [String]
  ) -> [String] {
    var samples: [String] = []
    for candidate in candidates where samples.count < count && !samples.contains(candidate) {
      var template = ExampleTemplate(seed: "\(id)/\(first + samples.count)")
      guard let text = try? template.expand(candidate) else { continue }
      let example = RuleExample(wanted ? .fires : .silent, text: text + "\n")
      if (try? rule.fires(on: example)) == wanted { samples.append(candidate) }
    }
    return samples
  }

  /// Whether what a sample holds begins with literals that all values of its kind share.
  private func hasOwnPrefix(_ rule: TextRule, _ sample: String) -> Bool {
    var template = ExampleTemplate(seed: "\(id)/0")
    guard let text = try? template.expand(sample), let set = try? TextRuleSet([rule], scale: .small),
      var scratch = try? set.makeScratch()
    else { return false }
    var hasPrefix = false
    let bytes = Array(text.utf8)
    set.scan(
      bytes.span, scratch: &scratch, match: { if $0.publicPrefixLength >= 3 { hasPrefix = true } }, fault: { _ in })
    return hasPrefix
  }

  private func firingCandidates() -> [String] {
    var candidates: [String] = []
    for variant in 0..<Self.maxVariants {
      guard let body = try? PatternSample.template(of: pattern, variant: variant) else { continue }
      let line = body.replacing("\n", with: " ").replacing("\r", with: " ")
      candidates += [line, "value: \(line)", "\(line) # in use", "x = \"\(line)\""]
    }
    return candidates
  }

  private func silentCandidates(_ firing: String, _ keywords: [String]) -> [String] {
    let word = keywords.first ?? ""
    // The same with what is generated cut short, and with what people write in its place.
    let short = firing.replacing(/\{\{([A-Za-z0-9]+):([0-9]+)\}\}/) { match in
      let count = (Int(match.2) ?? 1) / 2
      return count == 0 ? "" : "{{\(match.1):\(count)}}"
    }
    let masked = firing.replacing(/\{\{([A-Za-z0-9]+):([0-9]+)\}\}/) { match in
      String(repeating: "x", count: min(Int(match.2) ?? 1, 400))
    }
    return [
      short, "\(word) = ${VALUE}", masked, "see the page about \(word)", "\(word):", "nothing of the kind", "a", "b",
    ]
  }
}
