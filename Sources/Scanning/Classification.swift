internal import Glibc

/// What the bytes of a file are, as far as scanning text goes.
enum Classification {
  case empty
  /// UTF-8, with or without a byte order mark.
  case utf8
  /// UTF-16 with a byte order mark.
  case utf16(isBigEndian: Bool)
  /// Not UTF-8, but without NUL bytes: scanned as bytes.
  case unknownEncoding
  /// A NUL byte near the start.
  case binary

  /// For people.
  var words: String {
    switch self {
    case .empty: "empty"
    case .utf8: "text, UTF-8"
    case .utf16(let isBigEndian): "text, UTF-16 (\(isBigEndian ? "big" : "little") endian)"
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
      self = .utf16(isBigEndian: false)
    } else if bytes.count >= 2, bytes[0] == 0xFE, bytes[1] == 0xFF {
      self = .utf16(isBigEndian: true)
    } else if bytes.extracting(first: Self.binaryProbeBytes).holdsNUL {
      self = .binary
    } else {
      self = (try? UTF8Span(validating: bytes)) != nil ? .utf8 : .unknownEncoding
    }
  }

  /// The text of UTF-16 bytes as UTF-8, the mark left out; lone surrogates are replaced by U+FFFD.
  static func utf8(fromUTF16 bytes: Span<UInt8>, isBigEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for offset in stride(from: 2, to: bytes.count - 1, by: 2) {
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
