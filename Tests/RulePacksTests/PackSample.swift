@testable import RulePacks

/// A pack with one rule that is right, from which tests make wrong ones.
enum PackSample {
  /// The lines of the rule, which begins in line 3 of the pack.
  static let lines = [
    "id: some-token",
    "title: Some token",
    "severity: high",
    "confidence: high",
    "level: deny",
    "phase: code",
    "tags: [secret]",
    "on: text",
    "keywords: [tok_]",
    "pattern: 'tok_([a-z0-9]{8})'",
    "message: A token.",
    "why: It opens doors.",
    "fix: Change it.",
    "examples:",
    "  - fires: a tok_{{base36:8}}",
    "  - fires: b tok_{{base36:8}}",
    "  - silent: tok_",
    "  - silent: tok_{{base36:7}}",
    "  - silent: nothing",
  ]

  /// The pack with lines replaced (by the key they begin with), left out (an empty text) or added at the end.
  static func pack(replacing replacements: [String: String] = [:], adding added: [String] = []) -> String {
    text(of: rule(replacing: replacements, adding: added))
  }

  static func rule(replacing replacements: [String: String] = [:], adding added: [String] = []) -> [String] {
    let kept = lines.compactMap { line in
      let key = String(line.prefix { $0 != ":" })
      guard let replacement = replacements[key] else { return line }
      return replacement.isEmpty ? nil : replacement
    }
    return kept + added
  }

  static func text(of rules: [String]..., name: String = "sample") -> String {
    var text = "pack: \(name)\nrules:\n"
    for rule in rules {
      for (index, line) in rule.enumerated() { text += (index == 0 ? "  - " : "    ") + line + "\n" }
    }
    return text
  }

  /// What the checker says of a file.
  static func diagnostics(_ text: String) -> [String] {
    do throws(RulePackError) {
      _ = try RulePackReader().read(Array(text.utf8), file: "p.yaml")
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }
}
