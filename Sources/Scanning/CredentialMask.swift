package import Findings
package import Matching
package import RulePacks

// A report shows lines of a file, and masks spans of it. A tree or the trace of an expression shows values: parts of a
// file, decoded, joined and cut. So a value is held against everything that the rules found in its file, and is looked
// at by the rules itself.

/// Masks credentials in texts that were taken from files.
package final class CredentialMask {
  private let rules: TextRuleSet
  private var scratch: TextRuleSet.Scratch
  private var decoding = DecodingPass()
  private var secrets: [Secret] = []
  private var hidden: [SourcePath: [Range<Int>]] = [:]
  private var snippets = SnippetBuilder(lines: LineIndex([UInt8]().span), hidden: [], values: [])

  /// A part of a credential that is shorter than this may be shown: it could be any word.
  private static let minPartBytes = 8
  /// For parts only so many credentials are searched: a file may hold a hundred thousand.
  private static let maxSearched = 500

  /// - Parameter rules: what a credential is.
  package init(_ rules: [TextRule]) throws(PrefilterError) {
    self.rules = try TextRuleSet(rules, scale: .small)
    scratch = try self.rules.makeScratch()
  }

  /// Looks for the credentials of a file, whose texts will be shown.
  package func learn(_ bytes: [UInt8], of path: SourcePath) {
    guard hidden[path] == nil else { return }
    let spans = spans(in: bytes)
    hidden[path] = spans.hidden.map(\.range)
    guard !spans.values.isEmpty else { return }
    secrets += spans.values
    snippets = SnippetBuilder(lines: LineIndex([UInt8]().span), hidden: [], values: secrets)
  }

  /// Whether a file has been looked at.
  package func knows(_ path: SourcePath) -> Bool { hidden[path] != nil }

  /// A text as it may be shown.
  ///
  /// - Parameters:
  ///   - place: where it was written, in bytes of the file at `path`; `nil` for what was computed.
  ///   - path: a file that was given to ``learn(_:of:)``.
  package func masked(_ text: String, at place: Range<Int>? = nil, of path: SourcePath? = nil) -> String {
    var shown = snippets.masked(text)
    let bytes = Array(shown.utf8)
    if let masked = SnippetBuilder.applied(spans(in: bytes).hidden, to: bytes) { shown = masked }
    guard shown == text else { return shown }
    // Nothing was masked although a credential stands here: it was written in another way, such as over several lines.
    if let place, let path, hidden[path]?.contains(where: { $0.overlaps(place) }) == true { return token(for: text) }
    let value = Array(text.utf8)
    if value.count >= Self.minPartBytes,
      secrets.prefix(Self.maxSearched).contains(where: { $0.exposedBytes.holds(value) })
    {
      return token(for: text)
    }
    return text
  }

  private func token(for text: String) -> String { Secret(Array(text.utf8)).lengthClass.redactionToken }

  private func spans(in bytes: [UInt8]) -> (hidden: [SnippetBuilder.Mask], values: [Secret]) {
    var matches: [TextRuleSet.Match] = []
    rules.scan(bytes.span, scratch: &scratch) {
      matches.append($0)
    } fault: { _ in
    }
    _ = decoding.scan(bytes.span, with: rules, scratch: &scratch) {
      matches.append($0)
    } fault: { _ in
    }
    return SnippetBuilder.spans(of: matches, in: bytes.span)
  }
}

extension [UInt8] {
  /// Whether `part` stands in these bytes.
  fileprivate func holds(_ part: [UInt8]) -> Bool {
    guard part.count <= count else { return false }
    return (0...(count - part.count)).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
  }
}
