// A reader of its own, because the values of tokens are a few hundred bytes, their members vary in type (Codable would
// refuse what it does not expect), and it keeps FoundationEssentials out of this module.

/// A JSON text (RFC 8259) as a tree. The whole input must be one value.
indirect enum JSONText: Sendable {
  case object([(name: String, value: JSONText)])
  case array([JSONText])
  case string(String)
  case number(Double)
  case flag(Bool)
  case null

  /// Deeper ones are refused.
  private static let maxDepth = 32

  init?(_ bytes: some Collection<UInt8>) {
    var reader = Reader(bytes: Array(bytes))
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipSpace()
    guard reader.place == reader.bytes.count else { return nil }
    self = value
  }

  /// The member with this name, the last one where there are several; `nil` for what is no object.
  subscript(name: String) -> JSONText? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  var isObject: Bool { if case .object = self { true } else { false } }
  var text: String? { if case .string(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var elements: [JSONText] { if case .array(let elements) = self { elements } else { [] } }

  /// A number of seconds since 1970, where one is written.
  var time: Int? { number.flatMap { $0.magnitude < 1e11 ? Int($0) : nil } }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func skipSpace() {
      while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    mutating func take(_ character: Character) -> Bool {
      guard let byte = character.asciiValue, next == byte else { return false }
      place += 1
      return true
    }

    mutating func take(word: String) -> Bool {
      guard bytes[place...].starts(with: word.utf8) else { return false }
      place += word.utf8.count
      return true
    }

    mutating func value(depth: Int) -> JSONText? {
      guard depth < maxDepth else { return nil }
      skipSpace()
      switch next {
      case UInt8(ascii: "{"): return object(depth: depth)
      case UInt8(ascii: "["): return array(depth: depth)
      case UInt8(ascii: "\""): return string().map(JSONText.string)
      case UInt8(ascii: "t"): return take(word: "true") ? .flag(true) : nil
      case UInt8(ascii: "f"): return take(word: "false") ? .flag(false) : nil
      case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
      default: return number()
      }
    }

    private mutating func object(depth: Int) -> JSONText? {
      place += 1
      var members: [(name: String, value: JSONText)] = []
      skipSpace()
      if take("}") { return .object([]) }
      repeat {
        skipSpace()
        guard next == UInt8(ascii: "\""), let name = string() else { return nil }
        skipSpace()
        guard take(":"), let value = value(depth: depth + 1) else { return nil }
        members.append((name, value))
        skipSpace()
      } while take(",")
      return take("}") ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> JSONText? {
      place += 1
      var elements: [JSONText] = []
      skipSpace()
      if take("]") { return .array([]) }
      repeat {
        guard let value = value(depth: depth + 1) else { return nil }
        elements.append(value)
        skipSpace()
      } while take(",")
      return take("]") ? .array(elements) : nil
    }

    private mutating func string() -> String? {
      place += 1
      var text: [UInt8] = []
      while let byte = next {
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let scalar = escape() else { return nil }
          text += Array(String(scalar).utf8)
        case 0..<0x20: return nil
        default: text.append(byte)
        }
      }
      return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
      guard let byte = next else { return nil }
      place += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "u"):
        guard let unit = unit() else { return nil }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // The first half of a pair; a half alone stands for nothing.
        guard unit < 0xDC00, take("\\"), take("u"), let low = self.unit(), (0xDC00...0xDFFF).contains(low) else {
          return nil
        }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      default: return nil
      }
    }

    private mutating func unit() -> UInt32? {
      guard place + 4 <= bytes.count else { return nil }
      defer { place += 4 }
      var unit: UInt32 = 0
      for byte in bytes[place..<place + 4] {
        switch byte {
        case 0x30...0x39: unit = unit << 4 | UInt32(byte & 15)
        case 0x41...0x46, 0x61...0x66: unit = unit << 4 | UInt32(byte & 7 + 9)
        default: return nil
        }
      }
      return unit
    }

    private mutating func number() -> JSONText? {
      let start = place
      _ = take("-")
      guard take("0") || digits() else { return nil }
      if take("."), !digits() { return nil }
      if take("e") || take("E") {
        _ = take("+") || take("-")
        guard digits() else { return nil }
      }
      return Double(String(decoding: bytes[start..<place], as: UTF8.self)).map(JSONText.number)
    }

    private mutating func digits() -> Bool {
      let start = place
      while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
      return place > start
    }
  }
}
