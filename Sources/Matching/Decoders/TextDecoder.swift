/// Decodes what looks encoded in a text, one layer at a time. Each worker has its own.
///
/// Whatever the text, a layer costs time linear in it and is hardly longer; ``decode(_:limit:into:)`` says when a limit cut it
/// short.
package struct TextDecoder: ~Copyable {
  private var finder = EncodingFinder()

  package init() {}

  /// What came of one layer.
  package enum Outcome {
    /// Nothing looks encoded.
    case nothing
    case complete
    /// The limit was passed: spans are left out.
    case cut
  }

  /// Decodes every span of `text` that looks encoded, once.
  ///
  /// - Parameters:
  ///   - limit: the most bytes that are wanted.
  ///   - decoded: takes the result; what it held is dropped, and its memory used again.
  package mutating func decode(_ text: Span<UInt8>, limit: Int, into decoded: inout DecodedText) -> Outcome {
    finder.find(in: text)
    if finder.marks.isEmpty, finder.runs.isEmpty { return .nothing }
    decoded.removeAll()
    var isComplete = EscapeDecoder.decode(finder.marks, of: text, into: &decoded, limit: limit)
    if isComplete { isComplete = RunDecoder.decode(finder.runs, of: text, into: &decoded, limit: limit) }
    return decoded.count == 0 ? .nothing : isComplete ? .complete : .cut
  }
}
