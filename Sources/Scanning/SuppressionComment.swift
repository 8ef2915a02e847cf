internal import Findings
internal import Matching
internal import RulePacks

/// A comment that says of a finding on its line, or on the next, that it is accepted, and why:
/// `tollgate:ignore RULE[,RULE] -- reason`.
struct SuppressionComment {
  /// Where the comment stands, in bytes of the text.
  let range: Range<Int>
  /// Counted from 1.
  let line: Int
  /// Ids or aliases of rules.
  let rules: [String]
  /// `nil` when none is given: then it suppresses nothing.
  let reason: String?

  /// What the comments are found by, in the same pass as the rules.
  static let pattern = AnchoredPattern(
    #"tollgate:ignore[ \t]{1,8}([^\r\n]{1,400})"#, anchors: ["tollgate:ignore"])

  /// - Parameter groups: a match of ``pattern``.
  /// - Returns: `nil` when what follows is no list of rule ids: somebody writes about the comment.
  init?(groups: [Range<Int>?], in text: Span<UInt8>, lines: LineIndex) {
    guard let whole = groups[0], let rest = groups[1] else { return nil }
    let words = text.extracting(rest).string
    let parts = words.split(separator: "--", maxSplits: 1, omittingEmptySubsequences: false)
    let names = parts[0].split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(String.init)
    guard let first = names.first, Self.isRuleName(first) else { return nil }
    rules = names.prefix { Self.isRuleName($0) }
    let reason = parts.count > 1 ? Self.withoutCommentEnd(parts[1]) : ""
    self.reason = reason.isEmpty ? nil : reason
    line = lines.line(at: whole.lowerBound)
    range = whole
  }

  private static func isRuleName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.isASCIIAlphanumeric else { return false }
    return text.utf8.allSatisfy { byte in
      (byte.isASCIIAlphanumeric && byte.asciiLowercased == byte) || "-/._".utf8.contains(byte)
    }
  }

  /// The reason without what closes a comment of HTML, C or a template language, and without quotes.
  private static func withoutCommentEnd(_ text: Substring) -> String {
    var text = text
    for end in ["-->", "*/", "--}}", "}}", "#}", "%>"] {
      if let range = text.firstRange(of: end) { text = text[..<range.lowerBound] }
    }
    while let last = text.last, last.isWhitespace || last == "\"" || last == "'" { text.removeLast() }
    return String(text.drop(while: \.isWhitespace).prefix(300))
  }

  /// Whether the comment names the rule, by its id or by what another tool calls it.
  func names(_ rule: Rule) -> Bool {
    rules.contains(rule.id) || rules.contains { rule.aliases.contains($0) }
  }
}
