internal import CLibYAML
internal import Findings

// libyaml's events, and not Yams: Yams imports all of Foundation, builds a tree of objects at a thirtieth of the speed of
// the events and knows no byte offsets.

/// Reads YAML 1.1, as libyaml does (https://yaml.org/spec/1.1/), into a ``Document``.
package enum YAMLReader {
  /// The most values that a file may hold.
  package static let maxNodes = 5_000_000
  /// The most levels of collections within collections: libyaml's work for a token grows with its depth, and 100 KB of
  /// `[` would keep it busy for a minute.
  package static let maxDepth = 1_000

  /// - Parameter bytes: UTF-8, with or without a byte order mark.
  /// - Throws: the first error of syntax; nothing is read after it.
  package static func read(_ bytes: [UInt8]) throws(DocumentError) -> Document {
    var builder = DocumentBuilder(bytes: bytes)
    var failure: DocumentError?
    unsafe bytes.withUnsafeBufferPointer { buffer in
      do throws(DocumentError) {
        try unsafe readEvents(of: buffer, into: &builder)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return builder.finish()
  }

  private static func readEvents(
    of buffer: UnsafeBufferPointer<UInt8>, into builder: inout DocumentBuilder
  ) throws(DocumentError) {
    var parser = unsafe yaml_parser_t()
    guard unsafe yaml_parser_initialize(&parser) == 1 else {
      throw DocumentError("out of memory", at: Position(line: 1, column: 1))
    }
    defer { unsafe yaml_parser_delete(&parser) }
    // The buffer outlives the parser: both end with the caller's closure.
    unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
    // Left to itself it would read UTF-16 too, where places in bytes could not be told.
    unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(&parser, &event) == 1 else { throw unsafe error(of: parser, in: &builder) }
      defer { unsafe yaml_event_delete(&event) }
      if unsafe event.type == YAML_STREAM_END_EVENT { return }
      unsafe builder.add(event)
      guard builder.count <= maxNodes else {
        throw DocumentError("more than \(maxNodes) values", at: Position(line: 1, column: 1))
      }
      guard builder.depth <= maxDepth else {
        let place = unsafe builder.position(ofCharacter: event.start_mark.index)
        throw DocumentError("more than \(maxDepth) levels", at: place)
      }
    }
  }

  private static func error(of parser: yaml_parser_t, in builder: inout DocumentBuilder) -> DocumentError {
    let problem = unsafe parser.problem.flatMap { unsafe String(validatingCString: $0) } ?? "not YAML"
    // Not the line and column of the mark: libyaml ends lines at more characters than `LineIndex`, counts characters, and
    // begins a new line at the end of the file. An error of the reader (a byte that is not UTF-8) has no mark.
    let position =
      unsafe parser.error == YAML_READER_ERROR
      ? unsafe builder.position(ofByte: parser.problem_offset)
      : unsafe builder.position(ofCharacter: parser.problem_mark.index)
    return DocumentError(problem, at: position)
  }
}

/// Collects events into records.
private struct DocumentBuilder {
  private let bytes: [UInt8]
  private var records: [Document.Record] = []
  private var texts: [UInt8] = []
  /// The records of collections that are still open.
  private var open: [Int] = []
  private var cursor: CharacterCursor

  var count: Int { records.count }
  var depth: Int { open.count }

  init(bytes: [UInt8]) {
    self.bytes = bytes
    cursor = CharacterCursor(bytes: bytes)
    records.reserveCapacity(bytes.count / 16)
  }

  mutating func add(_ event: yaml_event_t) {
    switch unsafe event.type {
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      unsafe append(.scalar, event, text: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
      records[records.count - 1].isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
    case YAML_ALIAS_EVENT:
      let name = unsafe event.data.alias.anchor
      let length = unsafe name.map { unsafe String(cString: $0).utf8.count } ?? 0
      unsafe append(.alias, event, text: UnsafeBufferPointer(start: name, count: length))
    case YAML_SEQUENCE_START_EVENT:
      unsafe append(.sequence, event, text: nil)
      open.append(records.count - 1)
    case YAML_MAPPING_START_EVENT:
      unsafe append(.mapping, event, text: nil)
      open.append(records.count - 1)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let index = open.popLast() else { return }
      records[index].next = UInt32(records.count)
      records[index].end = unsafe UInt32(cursor.byteOffset(ofCharacter: event.end_mark.index))
    default: break
    }
  }

  private mutating func append(_ kind: Node.Kind, _ event: yaml_event_t, text: UnsafeBufferPointer<UInt8>?) {
    let start = unsafe cursor.byteOffset(ofCharacter: event.start_mark.index)
    let end = unsafe cursor.byteOffset(ofCharacter: event.end_mark.index)
    let textStart = texts.count
    if let text = unsafe text { unsafe texts.append(contentsOf: text) }
    records.append(
      Document.Record(
        kind: kind, start: UInt32(start), end: UInt32(end), textStart: UInt32(textStart), textEnd: UInt32(texts.count),
        next: UInt32(records.count + 1)))
  }

  func position(ofByte offset: Int) -> Position {
    let text = bytes.span
    return LineIndex(text).position(of: min(offset, bytes.count), in: text)
  }

  mutating func position(ofCharacter character: Int) -> Position {
    position(ofByte: cursor.byteOffset(ofCharacter: character))
  }

  func finish() -> Document { Document(records: records, texts: texts, bytes: bytes) }
}

/// libyaml counts characters; this counts the bytes along, forwards from the last question.
private struct CharacterCursor {
  private let bytes: [UInt8]
  private let isASCII: Bool
  private var character = 0
  private var byte = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    isASCII = bytes.allSatisfy { $0 < 0x80 }
  }

  mutating func byteOffset(ofCharacter target: Int) -> Int {
    if isASCII { return min(target, bytes.count) }
    while character < target, byte < bytes.count {
      byte += 1
      while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      character += 1
    }
    // Marks can go back: the end of a plain scalar lies behind the start of the event after it.
    while character > target, byte > 0 {
      byte -= 1
      while byte > 0, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
      character -= 1
    }
    return byte
  }
}
