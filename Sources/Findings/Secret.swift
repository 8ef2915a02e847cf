// The value of a credential must not be printed by accident: not by interpolation, `dump`, a test failure, an encoder
// or an error. So the one property that holds it is private, and everything the language derives is masked.

/// A credential that was found. Every way of showing it gives the mask; only ``exposedBytes`` gives the value.
public struct Secret: Hashable, Sendable {
  private let bytes: [UInt8]
  private let prefixLength: Int

  /// - Parameters:
  ///   - bytes: the credential as it stands in the file.
  ///   - publicPrefixLength: how many of the first bytes are the same in every credential of the kind (`ghp_`).
  ///     At most four of them are ever shown.
  public init(_ bytes: [UInt8], publicPrefixLength: Int = 0) {
    self.bytes = bytes
    // A prefix is shown only where plenty stays hidden, and only when it is plain text.
    let shown = max(0, min(publicPrefixLength, 4))
    let isPlain = bytes.prefix(shown).allSatisfy { $0 > 0x20 && $0 < 0x7F }
    prefixLength = isPlain && bytes.count >= 4 * shown ? shown : 0
  }

  /// The value itself. Whoever calls this answers for where it goes.
  public var exposedBytes: [UInt8] { bytes }

  /// How long the value is, told coarsely.
  public var lengthClass: LengthClass { LengthClass(bytes.count) }

  /// What may be shown: at most four characters of a public prefix, then the ``LengthClass/redactionToken``.
  public var mask: String {
    String(decoding: bytes.prefix(prefixLength), as: UTF8.self) + lengthClass.redactionToken
  }

  /// The lengths of values in steps wide enough to say nothing about one value.
  public enum LengthClass: String, CaseIterable, Sendable {
    case upTo8 = "1-8"
    case upTo16 = "9-16"
    case upTo32 = "17-32"
    case upTo64 = "33-64"
    case upTo128 = "65-128"
    case longer = "129+"

    init(_ count: Int) {
      switch count {
      case ...8: self = .upTo8
      case ...16: self = .upTo16
      case ...32: self = .upTo32
      case ...64: self = .upTo64
      case ...128: self = .upTo128
      default: self = .longer
      }
    }

    /// What stands in a report in place of a value: an entry of SARIF's `run.redactionTokens` (2.1.0, 3.14.28).
    public var redactionToken: String { "[masked:\(rawValue)]" }
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable, Encodable {
  public var description: String { mask }
  public var debugDescription: String { mask }
  public var customMirror: Mirror { Mirror(self, children: ["mask": mask], displayStyle: .struct) }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(mask)
  }
}
