/// Collects the records of a document while a reader walks through the file.
struct TreeBuilder {
  /// The longest file that readers take: all offsets fit into a record.
  static let maxBytes = Int(Int32.max)

  private struct Frame {
    var record: Int
    var childCount: UInt32
  }

  private(set) var records: [Document.Record] = []
  private(set) var texts: [UInt8] = []
  private var tags: [Document.Tag] = []
  /// The collections that are still open, without the innermost.
  private var outer: [Frame] = []
  /// The innermost open collection; record -1 when there is none.
  private var inner = Frame(record: -1, childCount: 0)

  init(capacity: Int) {
    records.reserveCapacity(capacity)
  }

  /// How many collections are open.
  var depth: Int { outer.count }

  /// The kind of the innermost open collection.
  var innerKind: Node.Kind? { inner.record < 0 ? nil : records[inner.record].kind }

  /// How many records the innermost open collection holds directly.
  var innerCount: Int { Int(inner.childCount) }

  /// Adds a scalar whose text stands in the file as it is.
  @inline(__always)
  mutating func addScalar(_ range: Range<Int>, text: Range<Int>, isPlain: Bool) {
    append(
      Document.Record(
        kind: .scalar, flags: isPlain ? .plain : [], start: Self.offset(range.lowerBound),
        end: Self.offset(range.upperBound), low: Self.offset(text.lowerBound), high: Self.offset(text.upperBound)))
  }

  /// Adds a scalar whose text is what was put into `texts` since it was `textStart` long.
  mutating func addScalar(_ range: Range<Int>, copiedFrom textStart: Int, isPlain: Bool) {
    append(
      Document.Record(
        kind: .scalar, flags: isPlain ? [.plain, .copied] : .copied, start: Self.offset(range.lowerBound),
        end: Self.offset(range.upperBound), low: Self.offset(textStart), high: Self.offset(texts.count)))
  }

  mutating func addAlias(_ range: Range<Int>, of target: Int) {
    append(
      Document.Record(
        kind: records[target].kind, flags: .alias, start: Self.offset(range.lowerBound),
        end: Self.offset(range.upperBound), low: Self.offset(target), high: 0))
  }

  @inline(__always)
  mutating func open(_ kind: Node.Kind, at start: Int) {
    append(Document.Record(kind: kind, start: Self.offset(start), end: 0, low: 0, high: 0))
    outer.append(inner)
    inner = Frame(record: records.count - 1, childCount: 0)
  }

  /// Ends the innermost collection. There must be one.
  @inline(__always)
  mutating func close(at end: Int) {
    records[inner.record].end = Self.offset(end)
    records[inner.record].low = Self.offset(records.count)
    records[inner.record].high = inner.childCount
    inner = outer.removeLast()
  }

  /// Says that the innermost collection has a merge key.
  mutating func markMerging() {
    if inner.record >= 0 { records[inner.record].flags.insert(.merging) }
  }

  /// Gives the last record a tag.
  mutating func tagLast(_ name: String) {
    guard !records.isEmpty else { return }
    records[records.count - 1].flags.insert(.tagged)
    tags.append(Document.Tag(record: Self.offset(records.count - 1), name: name))
  }

  mutating func addText(_ byte: UInt8) { texts.append(byte) }

  mutating func addText(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe texts.append(contentsOf: $0) }
  }

  mutating func addText(_ scalar: Unicode.Scalar) { texts.append(contentsOf: UTF8.encode(scalar) ?? .init()) }

  consuming func finish(bytes: [UInt8], typing: Document.Typing) -> Document {
    Document(records: Self.fitted(records), texts: Self.fitted(texts), tags: tags, bytes: bytes, typing: typing)
  }

  /// A document lives longer than its reader: a copy costs less than a reserve that lies idle.
  private static func fitted<Element>(_ array: [Element]) -> [Element] {
    if array.capacity <= array.count + array.count / 4 { return array }
    var copy: [Element] = []
    copy.reserveCapacity(array.count)
    copy.append(contentsOf: array)
    return copy
  }

  @inline(__always)
  private mutating func append(_ record: Document.Record) {
    inner.childCount &+= 1  // At most one for each record, of which there are fewer than 2^32.
    records.append(record)
  }

  /// Readers refuse files longer than `maxBytes`. Texts are at most half as long again (`"\L"` of YAML is two bytes
  /// for three), and records no more than bytes, except that
  /// a YAML value can be empty; there their number is limited.
  @inline(__always)
  private static func offset(_ value: Int) -> UInt32 { UInt32(truncatingIfNeeded: value) }
}
