/// Gives the repetitions of a pattern an upper bound, which ours must have.
enum BoundedRepetition {
  /// How often something may be repeated that had no bound.
  static let most = 120

  /// The pattern with `*`, `+` and `{n,}` bounded; the same where there is none.
  static func bounded(_ pattern: String) -> String {
    let text = Array(pattern.utf8)
    var result: [UInt8] = []
    var place = 0
    var isInClass = false
    while place < text.count {
      let byte = text[place]
      switch byte {
      case UInt8(ascii: "\\"):
        result += text[place..<min(place + 2, text.count)]
        place += 2
        continue
      case UInt8(ascii: "[") where !isInClass:
        isInClass = true
        result.append(byte)
        place += 1
        // A bracket that comes first is a member.
        if place < text.count, text[place] == UInt8(ascii: "^") {
          result.append(text[place])
          place += 1
        }
        if place < text.count, text[place] == UInt8(ascii: "]") {
          result += Array("\\]".utf8)
          place += 1
        }
        continue
      case UInt8(ascii: "[") where text[place...].starts(with: "[:".utf8):
        let end = text[place...].firstIndex(of: UInt8(ascii: "]")) ?? text.count - 1
        result += text[place...end]
        place = end + 1
        continue
      case UInt8(ascii: "]") where isInClass: isInClass = false
      case UInt8(ascii: "*") where !isInClass:
        result += Array("{0,\(most)}".utf8)
        place += 1
        continue
      case UInt8(ascii: "+") where !isInClass:
        result += Array("{1,\(most)}".utf8)
        place += 1
        continue
      case UInt8(ascii: "{") where !isInClass:
        let digits = text[(place + 1)...].prefix { 0x30...0x39 ~= $0 }
        let rest = text[digits.endIndex...]
        if !digits.isEmpty, rest.starts(with: ",}".utf8), let least = Int(String(decoding: digits, as: UTF8.self)) {
          result += Array("{\(least),\(least + max(most, least))}".utf8)
          place = digits.endIndex + 2
          continue
        }
      default: break
      }
      result.append(byte)
      place += 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
