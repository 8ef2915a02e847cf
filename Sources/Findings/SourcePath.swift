// A path is bytes, not text: file names on Linux need not be UTF-8, and a name that is repaired for show must still
// open the right file. System's FilePath keeps bytes too, but normalises them and cannot be written as a URI.

/// A path of a scanned file, relative to the root of the scan, with `/` between its components.
public struct SourcePath: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The bytes as the file system or git gave them; no leading `./`, no NUL.
  public let bytes: [UInt8]

  public init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  public init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The path for people: control characters and bytes that are not UTF-8 are shown as `\xNN`, all on one line.
  public var description: String {
    // Nearly every path is plain text, and a large report shows many.
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: bytes, as: UTF8.self) }
    var shown = ""
    var rest = bytes[...]
    while let first = rest.first {
      if first >= 0x20, first < 0x7F {
        shown.unicodeScalars.append(Unicode.Scalar(first))
        rest = rest.dropFirst()
      } else if let (scalar, length) = Self.scalar(at: rest), scalar.value >= 0xA0, !Self.isInvisible(scalar) {
        shown.unicodeScalars.append(scalar)
        rest = rest.dropFirst(length)
      } else {
        shown += "\\x" + Self.hex(first)
        rest = rest.dropFirst()
      }
    }
    return shown
  }

  /// The path as a relative reference of RFC 3986: every byte outside `unreserved` and `/` is percent-encoded.
  public var uri: String {
    if bytes.allSatisfy(Self.isPlainInURI) { return String(decoding: bytes, as: UTF8.self) }
    var encoded = ""
    // A first segment with a colon would read as a scheme; it is encoded like every colon here (RFC 3986, 4.2).
    for byte in bytes {
      if Self.isPlainInURI(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += "%" + Self.hex(byte)
      }
    }
    return encoded
  }

  private static func isPlainInURI(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// The path that a relative reference names; `nil` when a `%` is not followed by two hexadecimal digits.
  public init?(uri: String) {
    var decoded: [UInt8] = []
    var rest = Array(uri.utf8)[...]
    while let first = rest.popFirst() {
      guard first == UInt8(ascii: "%") else {
        decoded.append(first)
        continue
      }
      guard let high = rest.popFirst(), let low = rest.popFirst(),
        let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
      else { return nil }
      decoded.append(value)
    }
    bytes = decoded
  }

  /// The bytes after the last `/`.
  public var name: ArraySlice<UInt8> {
    bytes[(bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
  }

  public static func < (left: SourcePath, right: SourcePath) -> Bool {
    left.bytes.precedes(right.bytes)
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0" + digits : digits
  }

  /// The scalar encoded at the start of `bytes` and its length, if it is well-formed UTF-8.
  private static func scalar(at bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    guard case .valid(let encoded) = decoder.parseScalar(from: &iterator) else { return nil }
    return (Unicode.UTF8.decode(encoded), encoded.count)
  }

  /// Characters that could make a name look like another one: line separators, direction marks, zero-width ones.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .format, .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
    default: false
    }
  }
}
