internal import CLibYAML
internal import Findings

// libyaml's events, and not Yams: Yams imports all of Foundation, builds a tree of objects at a thirtieth of the speed of
// the events and knows no byte offsets.

/// Reads YAML 1.1, as libyaml does (https://yaml.org/spec/1.1/), into a ``Document``.
package enum YAMLReader {
  /// The most values that a file may hold.
  package static let maxNodes = 5_000_000

  /// The most levels of collections within collections, those through aliases included: libyaml's work for a token grows
  /// with its depth, and 100 KB of `[` would keep it busy for a minute.
  package static let maxDepth = 1_000

  /// - Parameter bytes: UTF-8, with or without a byte order mark.
  /// - Throws: the first error of syntax; nothing is read after it. Aliases that repeat too much are an error as well.
  package static func read(_ bytes: [UInt8]) throws(DocumentError) -> Document {
    // libyaml would skip the mark too, but only where it may guess the encoding; UTF-16 would spoil all offsets.
    let textStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var builder = YAMLTreeBuilder(bytes, textStart: textStart)
    var failure: SyntaxError?
    unsafe bytes.withUnsafeBufferPointer { buffer in
      do throws(SyntaxError) {
        guard buffer.count <= TreeBuilder.maxBytes else { throw SyntaxError("the file is too large", at: 0) }
        unsafe try readEvents(of: UnsafeBufferPointer(rebasing: buffer[textStart...]), into: &builder)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure.located(in: bytes) }
    return builder.finish()
  }

  private static func readEvents(
    of text: UnsafeBufferPointer<UInt8>, into builder: inout YAMLTreeBuilder
  ) throws(SyntaxError) {
    var parser = unsafe yaml_parser_t()
    guard unsafe yaml_parser_initialize(&parser) == 1 else { throw SyntaxError("out of memory", at: 0) }
    defer { unsafe yaml_parser_delete(&parser) }
    unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    // The buffer outlives the parser: both end with the caller's closure.
    unsafe yaml_parser_set_input_string(&parser, text.baseAddress, text.count)
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(&parser, &event) == 1 else {
        throw unsafe error(of: parser, in: &builder.cursor)
      }
      defer { unsafe yaml_event_delete(&event) }
      if unsafe event.type == YAML_STREAM_END_EVENT { return }
      unsafe try builder.add(event)
    }
  }

  private static func error(of parser: yaml_parser_t, in cursor: inout CharacterCursor) -> SyntaxError {
    let problem = unsafe parser.problem.flatMap { unsafe String(validatingCString: $0) } ?? "not YAML"
    // An error of the reader (a byte that is not UTF-8) has no mark but an offset; other marks count characters.
    if unsafe parser.error == YAML_READER_ERROR {
      return SyntaxError(problem, at: unsafe cursor.textStart + parser.problem_offset)
    }
    return SyntaxError(problem, at: unsafe cursor.byteOffset(ofCharacter: parser.problem_mark.index))
  }
}
