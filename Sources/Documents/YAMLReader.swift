internal import CLibYAML
internal import Findings

// libyaml's events, and not Yams: Yams imports all of Foundation, builds a tree of objects at a thirtieth of the speed of
// the events and knows no byte offsets.

/// Reads YAML 1.1, as libyaml does (https://yaml.org/spec/1.1/), into a ``Document``.
package enum YAMLReader {
  /// The most values that a file may hold.
  package static let maxNodes = 5_000_000

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
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(&parser, &event) == 1 else { throw unsafe error(of: parser) }
      defer { unsafe yaml_event_delete(&event) }
      if unsafe event.type == YAML_STREAM_END_EVENT { return }
      unsafe builder.add(event)
      guard builder.count <= maxNodes else {
        throw DocumentError("more than \(maxNodes) values", at: Position(line: 1, column: 1))
      }
    }
  }

  private static func error(of parser: yaml_parser_t) -> DocumentError {
    let problem = unsafe parser.problem.flatMap { unsafe String(validatingCString: $0) } ?? "not YAML"
    let mark = unsafe parser.problem_mark
    // Marks count lines and columns from 0. An error of the reader (a byte that is not UTF-8) has no mark but an offset.
    return DocumentError(problem, at: Position(line: mark.line + 1, column: mark.column + 1))
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

  func finish() -> Document { Document(records: records, texts: texts, bytes: bytes) }
}

/// libyaml counts characters; this counts the bytes along, forwards from the last question.
private struct CharacterCursor {
  private let bytes: [UInt8]
  private let isASCII: Bool
  private var character = 0
  private var byte: Int

  init(bytes: [UInt8]) {
    self.bytes = bytes
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    // A byte order mark is not counted.
    byte = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
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
