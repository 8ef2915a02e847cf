/// Check digits that stand within the number which they check.
enum CheckDigits {
  /// Luhn's formula over decimal digits (ISO/IEC 7812-1, annex B).
  static func luhnHolds(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    guard text.count >= 2 else { return false }
    var sum = 0
    var isDoubled = false
    for byte in text.reversed() {
      guard (0x30...0x39).contains(byte) else { return false }
      let digit = Int(byte & 15) * (isDoubled ? 2 : 1)
      sum += digit > 9 ? digit - 9 : digit
      isDoubled.toggle()
    }
    return sum % 10 == 0
  }

  /// ISO/IEC 7064, MOD 97-10: letters count 10 to 35, and the number leaves 1 when it is divided by 97.
  static func mod97Holds(_ text: some Collection<UInt8>) -> Bool {
    guard text.count >= 3 else { return false }
    var rest = 0
    for byte in text {
      switch byte {
      case 0x30...0x39: rest = (rest * 10 + Int(byte & 15)) % 97
      case 0x41...0x5A: rest = (rest * 100 + Int(byte) - 55) % 97
      case 0x61...0x7A: rest = (rest * 100 + Int(byte) - 87) % 97
      default: return false
      }
    }
    return rest == 1
  }
}
