/// Decodes what looks encoded in a text, one layer at a time. Each worker has its own.
///
/// Whatever the text, a layer costs time linear in it and is hardly longer; ``decode(_:limit:)`` says when a limit cut it
/// short.
package struct TextDecoder: ~Copyable {
  private var finder = EncodingFinder()

  package init() {}

  /// What came of one layer.
  package enum Layer {
    /// Nothing looks encoded.
    case none
    case decoded(DecodedText, isComplete: Bool)
  }

  /// Decodes every span of `text` that looks encoded, once.
  ///
  /// - Parameter limit: the most bytes that are wanted; spans are left out when it is passed.
  package mutating func decode(_ text: Span<UInt8>, limit: Int) -> Layer {
    finder.find(in: text)
    if finder.marks.isEmpty, finder.runs.isEmpty { return .none }
    var decoded = DecodedText()
    var isComplete = EscapeDecoder.decode(finder.marks, of: text, into: &decoded, limit: limit)
    if isComplete { isComplete = RunDecoder.decode(finder.runs, of: text, into: &decoded, limit: limit) }
    return decoded.count == 0 ? .none : .decoded(decoded, isComplete: isComplete)
  }
}
