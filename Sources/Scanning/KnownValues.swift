internal import Findings

/// The values found in a file, to be masked also where no rule finds them: in one pass, however many they are.
struct KnownValues {
  /// A value shorter than this is masked where it was found, but not looked for elsewhere in the line.
  private static let minBytes = 6

  /// By the last ``minBytes`` bytes, which differ where the first ones are a common prefix.
  private let byEnd: [UInt64: [[UInt8]]]
  /// The length of the longest value, 0 without any.
  let longest: Int

  /// Values of several lines are left out: they stand in no line.
  init(_ secrets: [Secret]) {
    var byEnd: [UInt64: [[UInt8]]] = [:]
    var longest = 0
    for value in Set(secrets.map(\.exposedBytes)) where value.count >= Self.minBytes && !value.contains(10) {
      let key = value.suffix(Self.minBytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      byEnd[key, default: []].append(value)
      longest = max(longest, value.count)
    }
    self.byEnd = byEnd
    self.longest = longest
  }

  /// Where the values stand within a range of a text, in the order of their ends.
  func occurrences(in text: Span<UInt8>, within range: Range<Int>) -> [SnippetBuilder.Mask] {
    guard !byEnd.isEmpty else { return [] }
    var occurrences: [SnippetBuilder.Mask] = []
    var key: UInt64 = 0
    for offset in range {
      key = (key << 8 | UInt64(text[offset])) & 0xFFFF_FFFF_FFFF
      guard let values = byEnd[key] else { continue }
      for value in values {
        let start = offset + 1 - value.count
        guard start >= range.lowerBound, value.indices.allSatisfy({ text[start + $0] == value[$0] }) else { continue }
        occurrences.append(.init(range: start..<offset + 1, text: Secret(value).lengthClass.redactionToken))
      }
    }
    return occurrences
  }
}
