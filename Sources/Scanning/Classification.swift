internal import Glibc

/// What the bytes of a file are, as far as scanning text goes.
enum Classification {
  case empty
  /// UTF-8, with or without a byte order mark.
  case utf8
  /// UTF-16, with a byte order mark or recognised by its zero bytes.
  case utf16(isBigEndian: Bool, hasMark: Bool)
  /// Not UTF-8, but without NUL bytes: scanned as bytes.
  case unknownEncoding
  /// A NUL byte near the start.
  case binary

  /// For people.
  var words: String {
    switch self {
    case .empty: "empty"
    case .utf8: "text, UTF-8"
    case .utf16(let isBigEndian, _): "text, UTF-16 (\(isBigEndian ? "big" : "little") endian)"
    case .unknownEncoding: "text that is not UTF-8, looked at as bytes"
    case .binary: "binary: a NUL byte stands in its first \(Self.binaryProbeBytes) bytes"
    }
  }

  /// How much of a file is searched for a NUL byte; git looks as far (`FIRST_FEW_BYTES` in its xdiff-interface.c).
  static let binaryProbeBytes = 8_000

  init(_ bytes: Span<UInt8>) {
    if bytes.isEmpty {
      self = .empty
    } else if bytes.count >= 2, bytes[0] == 0xFF, bytes[1] == 0xFE {
      self = .utf16(isBigEndian: false, hasMark: true)
    } else if bytes.count >= 2, bytes[0] == 0xFE, bytes[1] == 0xFF {
      self = .utf16(isBigEndian: true, hasMark: true)
    } else if bytes.extracting(first: Self.binaryProbeBytes).holdsNUL {
      let isBigEndian = Self.byteOrder(of: bytes.extracting(first: Self.binaryProbeBytes))
      self = isBigEndian.map { .utf16(isBigEndian: $0, hasMark: false) } ?? .binary
    } else {
      self = (try? UTF8Span(validating: bytes)) != nil ? .utf8 : .unknownEncoding
    }
  }

  /// Whether bytes without a mark are text in big-endian UTF-16; `nil` when they are no UTF-16.
  ///
  /// Text in Latin letters has a zero in nearly every second byte, and none between; binary files do not, not even those
  /// that hold numbers of two bytes, because a printable character stands in each other byte.
  private static func byteOrder(of bytes: Span<UInt8>) -> Bool? {
    guard bytes.count >= 8 else { return nil }
    var (little, big) = (0, 0)
    for offset in stride(from: 0, to: bytes.count - 1, by: 2) {
      let (first, second) = (bytes[offset], bytes[offset + 1])
      if second == 0, isText(first) { little += 1 }
      if first == 0, isText(second) { big += 1 }
    }
    let pairs = bytes.count / 2
    if little * 10 >= pairs * 9 { return false }
    return big * 10 >= pairs * 9 ? true : nil
  }

  private static func isText(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F || byte == 9 || byte == 10 || byte == 13
  }

  /// The text of UTF-16 bytes as UTF-8, the mark left out; lone surrogates are replaced by U+FFFD.
  static func utf8(fromUTF16 bytes: Span<UInt8>, isBigEndian: Bool, hasMark: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for offset in stride(from: hasMark ? 2 : 0, to: bytes.count - 1, by: 2) {
      let first = UInt16(bytes[offset])
      let second = UInt16(bytes[offset + 1])
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

extension Span<UInt8> {
  /// Whether one of the bytes is zero.
  var holdsNUL: Bool {
    unsafe withUnsafeBufferPointer { buffer in
      // memchr looks at `count` bytes from the start of the buffer and no further.
      guard let base = buffer.baseAddress else { return false }
      return unsafe memchr(base, 0, buffer.count) != nil
    }
  }
}
