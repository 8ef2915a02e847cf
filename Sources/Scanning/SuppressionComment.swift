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
  /// Where the reason stands, in bytes of the text; `nil` when none is given: then the comment suppresses nothing.
  let reason: Range<Int>?

  /// What the comments are found by, in the same pass as the rules.
  static let pattern = AnchoredPattern(
    #"tollgate:ignore[ \t]{1,8}([^\r\n]{1,400})"#, anchors: ["tollgate:ignore"])

  /// - Parameter groups: a match of ``pattern``.
  /// - Returns: `nil` when what follows is no list of rule ids: somebody writes about the comment.
  init?(groups: [Range<Int>?], in text: Span<UInt8>, lines: LineIndex) {
    guard let whole = groups[0], let rest = groups[1] else { return nil }
    let bytes = Self.withoutCommentEnd(Array(text.extracting(rest)))
    let dashes = bytes.firstRange(of: Array("--".utf8)) ?? bytes.endIndex..<bytes.endIndex
    let names = String(decoding: bytes[..<dashes.lowerBound], as: UTF8.self)
      .split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(String.init)
    guard let first = names.first, Self.isRuleName(first) else { return nil }
    rules = names.prefix { Self.isRuleName($0) }
    let words = Self.trimmed(bytes[dashes.upperBound...])
    reason = words.isEmpty ? nil : rest.lowerBound + words.startIndex..<rest.lowerBound + words.endIndex
    line = lines.line(at: whole.lowerBound)
    range = whole
  }

  private static func isRuleName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.isASCIIAlphanumeric else { return false }
    return text.utf8.allSatisfy { byte in
      (byte.isASCIIAlphanumeric && byte.asciiLowercased == byte) || "-/._".utf8.contains(byte)
    }
  }

  /// What stands before the end of a comment of HTML, C or a template language.
  private static func withoutCommentEnd(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    var bytes = bytes[...]
    for end in ["-->", "*/", "--}}", "}}", "#}", "%>"] {
      if let range = bytes.firstRange(of: Array(end.utf8)) { bytes = bytes[..<range.lowerBound] }
    }
    return bytes
  }

  /// Without white space around it and quotes behind it.
  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes.drop { $0 <= 0x20 }
    while let last = bytes.last, last <= 0x20 || last == UInt8(ascii: "\"") || last == UInt8(ascii: "'") {
      bytes.removeLast()
    }
    return bytes
  }

  /// Whether the comment names the rule, by its id or by what another tool calls it.
  func names(_ rule: Rule) -> Bool {
    rules.contains(rule.id) || rules.contains { rule.aliases.contains($0) }
  }
}
