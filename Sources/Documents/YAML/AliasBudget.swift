/// Finds what aliases stand for and keeps count of how large a document would be without them, so that a file of a
/// kilobyte cannot stand for a billion values ("billion laughs").
struct AliasBudget {
  enum Failure: Error {
    case unknown, containsItself, tooMuch, tooDeep

    func message(for name: String) -> String {
      switch self {
      case .unknown: "no anchor is named \(name) here"
      case .containsItself: "the value of anchor \(name) contains itself"
      case .tooMuch: "aliases repeat too many values"
      case .tooDeep: "more than \(YAMLReader.maxDepth) levels through aliases"
      }
    }
  }

  /// A value as it would be without aliases.
  private struct Size {
    /// The value and all that it holds.
    var nodes = 1
    /// How many levels of collections it holds.
    var height = 0
  }

  private struct Anchor {
    var record: Int
    /// `nil` as long as the value is open.
    var size: Size?
  }

  private struct Frame {
    var record: Int
    var anchor: String?
    var size = Size()
  }

  private var anchors: [String: Anchor] = [:]
  private var frames: [Frame] = []
  private var written = 0
  private var repeated = 0

  mutating func forgetAnchors() { anchors.removeAll(keepingCapacity: true) }

  @inline(__always)
  mutating func addScalar(record: Int, anchor: String?) {
    add(Size())
    written += 1
    if let anchor { anchors[anchor] = Anchor(record: record, size: Size()) }
  }

  @inline(__always)
  mutating func open(record: Int, anchor: String?) {
    frames.append(Frame(record: record, anchor: anchor))
    written += 1
    if let anchor { anchors[anchor] = Anchor(record: record, size: nil) }
  }

  @inline(__always)
  mutating func close() {
    guard var frame = frames.popLast() else { return }
    frame.size.height += 1
    if let anchor = frame.anchor, anchors[anchor]?.record == frame.record { anchors[anchor]?.size = frame.size }
    add(frame.size)
  }

  /// The record that an alias stands for.
  mutating func addAlias(_ name: String) throws(Failure) -> Int {
    guard let anchor = anchors[name] else { throw .unknown }
    guard let size = anchor.size else { throw .containsItself }
    guard frames.count + size.height <= YAMLReader.maxDepth else { throw .tooDeep }
    repeated += size.nodes
    guard repeated <= Self.limit(total: written + repeated) else { throw .tooMuch }
    add(size)
    return anchor.record
  }

  private mutating func add(_ size: Size) {
    guard !frames.isEmpty else { return }
    frames[frames.count - 1].size.nodes += size.nodes
    frames[frames.count - 1].size.height = max(frames[frames.count - 1].size.height, size.height)
  }

  /// How many of so many values may come from aliases: nearly all up to 400,000, a tenth from 4,000,000 on, as in
  /// go-yaml's `allowedAliasRatio` (https://github.com/go-yaml/yaml/blob/v3/decode.go).
  private static func limit(total: Int) -> Int {
    let low = 400_000.0
    let high = 4_000_000.0
    let total = Double(total)
    let share = total <= low ? 0.99 : total >= high ? 0.10 : 0.99 - 0.89 * (total - low) / (high - low)
    // Small files may repeat as they like.
    return max(10_000, Int(total * share))
  }
}
