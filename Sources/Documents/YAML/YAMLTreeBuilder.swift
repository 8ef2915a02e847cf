internal import CLibYAML

/// Collects libyaml's events into records.
struct YAMLTreeBuilder {
  private let bytes: [UInt8]
  private var tree: TreeBuilder
  private var aliases = AliasBudget()
  var cursor: CharacterCursor

  /// - Parameter textStart: where libyaml starts to read.
  init(_ bytes: [UInt8], textStart: Int) {
    self.bytes = bytes
    cursor = CharacterCursor(bytes, textStart: textStart)
    // Real files have one record for 12 to 25 bytes.
    tree = TreeBuilder(capacity: bytes.count / 20 + 4)
  }

  func finish() -> Document { tree.finish(bytes: bytes, typing: .yaml) }

  mutating func add(_ event: yaml_event_t) throws(SyntaxError) {
    switch unsafe event.type {
    case YAML_SCALAR_EVENT: unsafe addScalar(event)
    case YAML_ALIAS_EVENT: unsafe try addAlias(event)
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.data.sequence_start
      unsafe try open(.sequence, event, anchor: start.anchor, tag: start.tag)
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.data.mapping_start
      unsafe try open(.mapping, event, anchor: start.anchor, tag: start.tag)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      tree.close(at: unsafe cursor.byteOffset(ofCharacter: event.end_mark.index))
      aliases.close()
    case YAML_DOCUMENT_START_EVENT:
      // YAML 1.1, 3.2.2.2: an anchor is known in its own document only.
      aliases.forgetAnchors()
    default: return
    }
    if tree.records.count > YAMLReader.maxNodes {
      throw SyntaxError(
        "more than \(YAMLReader.maxNodes) values", at: unsafe cursor.byteOffset(ofCharacter: event.start_mark.index))
    }
  }

  private mutating func addScalar(_ event: yaml_event_t) {
    let scalar = unsafe event.data.scalar
    let style = unsafe scalar.style
    // The event owns the text and outlives this call.
    let buffer = unsafe UnsafeBufferPointer(start: UnsafePointer(scalar.value), count: scalar.length)
    let tag = unsafe Self.string(scalar.tag)
    let anchor = unsafe Self.string(scalar.anchor)
    let text = unsafe buffer.span
    let isPlain = style == YAML_PLAIN_SCALAR_STYLE
    let range = unsafe range(of: event)
    let isQuoted = style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE
    let inner = isQuoted && range.count >= 2 ? range.lowerBound + 1..<range.upperBound - 1 : range
    if isPlain, text.count == 2, text[0] == 0x3C, text[1] == 0x3C, tag == nil, tree.innerKind == .mapping,
      tree.innerCount % 2 == 0
    {
      tree.markMerging()
    }
    // What the file spells out is not copied.
    if text.count == inner.count, text.isEqual(to: bytes.span.extracting(inner)) {
      tree.addScalar(range, text: inner, isPlain: isPlain)
    } else {
      let textStart = tree.texts.count
      tree.addText(text)
      tree.addScalar(range, copiedFrom: textStart, isPlain: isPlain)
    }
    if let tag { tree.tagLast(tag) }
    aliases.addScalar(record: tree.records.count - 1, anchor: anchor)
  }

  private mutating func addAlias(_ event: yaml_event_t) throws(SyntaxError) {
    let range = unsafe range(of: event)
    let name = unsafe Self.string(event.data.alias.anchor) ?? ""
    do throws(AliasBudget.Failure) {
      let target = try aliases.addAlias(name)
      tree.addAlias(range, of: target)
    } catch {
      throw SyntaxError(error.message(for: name), at: range.lowerBound)
    }
  }

  private mutating func open(
    _ kind: Node.Kind, _ event: yaml_event_t, anchor: UnsafePointer<UInt8>?, tag: UnsafePointer<UInt8>?
  ) throws(SyntaxError) {
    let start = unsafe cursor.byteOffset(ofCharacter: event.start_mark.index)
    guard tree.depth < YAMLReader.maxDepth else {
      throw SyntaxError("more than \(YAMLReader.maxDepth) levels", at: start)
    }
    tree.open(kind, at: start)
    if let tag = unsafe Self.string(tag) { tree.tagLast(tag) }
    aliases.open(record: tree.records.count - 1, anchor: unsafe Self.string(anchor))
  }

  @inline(__always)
  private mutating func range(of event: yaml_event_t) -> Range<Int> {
    let start = unsafe cursor.byteOffset(ofCharacter: event.start_mark.index)
    let end = unsafe cursor.byteOffset(ofCharacter: event.end_mark.index)
    return start..<max(start, end)
  }

  @inline(__always)
  private static func string(_ text: UnsafePointer<UInt8>?) -> String? {
    guard let text = unsafe text else { return nil }
    return unsafe String(cString: text)
  }
}
