internal import Findings

/// Fly.io's tokens: `FlyV1 `, then macaroons with commas between them, each `fm…_` and base 64 of a MessagePack array of
/// nonce, location, caveats and a tail of 32 bytes (https://github.com/superfly/macaroon, macaroon.go;
/// https://github.com/msgpack/msgpack/blob/master/spec.md).
enum FlyMacaroon {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    guard value.starts(with: "FlyV1 ".utf8) else { return .init(.shaped, "it is of a kind without structure") }
    let tokens = value.dropFirst(6).split(separator: UInt8(ascii: ","))
    guard !tokens.isEmpty else { return .init(.disproved, "it holds no macaroon") }
    for token in tokens {
      guard let mark = token.firstIndex(of: UInt8(ascii: "_")), let bytes = Base64.decode(token[(mark + 1)...]) else {
        return .init(.disproved, "one of its macaroons is not base64")
      }
      var reader = Reader(rest: bytes[...])
      guard reader.rest.popFirst() == 0x94, reader.skip(), reader.skip(), reader.skip(), let tail = reader.bytes(),
        tail.count == 32, reader.rest.isEmpty
      else { return .init(.disproved, "one of its macaroons is broken") }
    }
    return .init(.proved, tokens.count == 1 ? "it is a complete macaroon" : "its macaroons are complete")
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    private mutating func number(_ width: Int) -> Int? {
      guard rest.count >= width else { return nil }
      defer { rest = rest.dropFirst(width) }
      return rest.prefix(width).reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func drop(_ count: Int?) -> Bool {
      guard let count, count <= rest.count else { return false }
      rest = rest.dropFirst(count)
      return true
    }

    /// The next value when it is binary.
    mutating func bytes() -> ArraySlice<UInt8>? {
      guard let tag = rest.popFirst(), (0xC4...0xC6).contains(tag), let count = number(1 << Int(tag - 0xC4)),
        count <= rest.count
      else { return nil }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }

    /// Reads over one value with all that it holds. Each value takes a byte at least, so what is due is bounded.
    mutating func skip() -> Bool {
      var due = 1
      while due > 0 {
        guard due <= rest.count, let tag = rest.popFirst() else { return false }
        due -= 1
        switch tag {
        case 0x00...0x7F, 0xE0...0xFF, 0xC0, 0xC2, 0xC3: break
        case 0x80...0x8F: due += 2 * Int(tag & 0x0F)
        case 0x90...0x9F: due += Int(tag & 0x0F)
        case 0xA0...0xBF: guard drop(Int(tag & 0x1F)) else { return false }
        case 0xC4, 0xD9: guard drop(number(1)) else { return false }
        case 0xC5, 0xDA: guard drop(number(2)) else { return false }
        case 0xC6, 0xDB: guard drop(number(4)) else { return false }
        case 0xC7: guard drop(number(1).map { $0 + 1 }) else { return false }
        case 0xC8: guard drop(number(2).map { $0 + 1 }) else { return false }
        case 0xC9: guard drop(number(4).map { $0 + 1 }) else { return false }
        case 0xCC, 0xD0: guard drop(1) else { return false }
        case 0xCD, 0xD1: guard drop(2) else { return false }
        case 0xCA, 0xCE, 0xD2: guard drop(4) else { return false }
        case 0xCB, 0xCF, 0xD3: guard drop(8) else { return false }
        case 0xD4...0xD8: guard drop(1 + 1 << Int(tag - 0xD4)) else { return false }
        case 0xDC:
          guard let count = number(2) else { return false }
          due += count
        case 0xDD:
          guard let count = number(4) else { return false }
          due += count
        case 0xDE:
          guard let count = number(2) else { return false }
          due += 2 * count
        case 0xDF:
          guard let count = number(4) else { return false }
          due += 2 * count
        default: return false
        }
      }
      return true
    }
  }
}
