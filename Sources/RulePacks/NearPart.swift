internal import Documents
internal import Findings
package import Matching

/// The other half of a credential, which stands near it: the id of a key, the account of a token, the user of a password.
package struct NearPart: Sendable {
  /// What the other half is found by.
  package enum Target: Sendable {
    /// A text rule of the same pack.
    case rule(String)
    /// A pattern, and the group of it that is the part.
    case pattern(BoundedPattern, group: String)
  }

  package let target: Target
  /// How many lines away it may be; what stands in the same indented block counts as near too.
  package let lines: Int
  /// Whether the rule fires only where the part is found.
  package let isRequired: Bool
  /// What the part is, in a few words: a finding names it so.
  package let message: String

  /// The part as its rule says it, for people.
  var words: String {
    let what =
      switch target {
      case .rule(let name): name
      case .pattern(let pattern, _): pattern.source
      }
    return "\(message): \(what), within \(lines) lines\(isRequired ? ", required" : "")"
  }

  /// Unless the rule says otherwise.
  static let defaultLines = 5
  static let maxLines = 50
}

/// Reads `near`: one part, or a list of them.
struct NearPartReader {
  private static let keys = ["rule", "pattern", "secret", "lines", "required", "message"]

  let checksPattern: Bool

  func read(_ rule: MappingReader, diagnostics: DiagnosticCollector) -> [NearPart] {
    guard let node = rule.node("near") else { return [] }
    if let elements = node.elements, elements.isEmpty { rule.complain("near is empty", at: "near") }
    return (node.elements ?? [node]).compactMap { part($0, diagnostics: diagnostics) }
  }

  private func part(_ node: Node, diagnostics: DiagnosticCollector) -> NearPart? {
    guard let reader = MappingReader(node, of: "near", keys: Self.keys, diagnostics: diagnostics) else { return nil }
    let target = target(of: reader)
    let lines = lines(of: reader)
    let isRequired = flag("required", of: reader)
    guard let message = reader.text("message"), let target else { return nil }
    return NearPart(target: target, lines: lines, isRequired: isRequired, message: message)
  }

  private func target(of reader: MappingReader) -> NearPart.Target? {
    switch (reader.node("rule"), reader.node("pattern")) {
    case (_?, nil):
      if reader.node("secret") != nil { reader.complain("secret goes with pattern", at: "secret") }
      return reader.identifier("rule").map { .rule($0) }
    case (nil, _?):
      guard let source = reader.optionalText("pattern") else { return nil }
      let pattern = BoundedPattern(source)
      let group = reader.node("secret") == nil ? "0" : reader.optionalText("secret") ?? "0"
      guard checksPattern else { return .pattern(pattern, group: group) }
      do throws(PatternError) {
        try pattern.check()
        if try pattern.group(group) == nil { reader.complain("the pattern has no group \(group)", at: "secret") }
      } catch {
        reader.complain("pattern: \(error)", at: "pattern")
        return nil
      }
      return .pattern(pattern, group: group)
    case (_?, _?):
      reader.complain("near has a rule or a pattern, not both", at: "rule")
      return nil
    case (nil, nil):
      reader.complain("near has a rule or a pattern", at: "message")
      return nil
    }
  }

  private func lines(of reader: MappingReader) -> Int {
    guard let text = reader.optionalText("lines") else { return NearPart.defaultLines }
    guard let lines = Int(text), (0...NearPart.maxLines).contains(lines) else {
      reader.complain("lines is a whole number from 0 to \(NearPart.maxLines)", at: "lines")
      return NearPart.defaultLines
    }
    return lines
  }

  private func flag(_ key: String, of reader: MappingReader) -> Bool {
    guard let text = reader.optionalText(key) else { return false }
    if text != "true" && text != "false" { reader.complain("\(key) is true or false", at: key) }
    return text == "true"
  }

  /// Gives each rule the rules of its pack that its parts name, so that it can be run without the others.
  static func resolve(_ rules: inout [any PackRule], diagnostics: DiagnosticCollector) {
    let text = rules.compactMap { $0 as? TextRule }
    guard text.contains(where: { !$0.near.isEmpty }) else { return }
    let byID = Dictionary(text.map { ($0.metadata.id, $0) }, uniquingKeysWith: { first, _ in first })
    for index in rules.indices {
      guard var rule = rules[index] as? TextRule else { continue }
      for case .rule(let name) in rule.near.map(\.target) {
        if let partner = byID[name], name != rule.metadata.id {
          rule.partners.append(partner)
        } else {
          diagnostics.add("near: there is no other text rule \(name) in this pack", at: rule.position)
        }
      }
      if !rule.partners.isEmpty { rules[index] = rule }
    }
  }
}
