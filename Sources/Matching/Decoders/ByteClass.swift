/// Classes of bytes that decoders ask for, as tables: a look-up costs less than comparisons.
struct ByteClass: Sendable {
  private var members: [Bool]

  init(_ bytes: some Sequence<UInt8>) {
    members = Array(repeating: false, count: 256)
    for byte in bytes { members[Int(byte)] = true }
  }

  func contains(_ byte: UInt8) -> Bool { members[Int(byte)] }

  private static let alphanumeric = (0...255).map(UInt8.init).filter(\.isASCIIAlphanumeric)

  /// What credentials are made of.
  static let token = ByteClass(alphanumeric + Array("_-.+/=:@&;$!~".utf8))
  /// The alphabets of base 64, which hold those of base 32 and of hexadecimal numbers.
  static let encoded = ByteClass(alphanumeric + Array("+/-_".utf8))
  /// What text in no alphabet but ASCII's holds: no control characters but white space.
  static let text = ByteClass(Array(0x20...0x7E) + [9, 10, 13])
  static let hex = ByteClass((0...255).map(UInt8.init).filter { hexDigits[Int($0)] < 16 })
  /// White space and quotes: where a word ends.
  static let wordEnd = ByteClass(Array("\t\n\r \"'`<>".utf8))
  static let quote = ByteClass(Array("\"'`".utf8))

  /// The value of each hexadecimal digit, 255 for other bytes.
  static let hexDigits = digits("0123456789abcdef", ignoringCase: true)
  /// The value of each digit of base 32.
  static let base32Digits = digits("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ignoringCase: false)
  /// The value of each digit of base 64 in both alphabets.
  static let base64Digits: [UInt8] = {
    var values = digits("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", ignoringCase: false)
    values[Int(UInt8(ascii: "-"))] = 62
    values[Int(UInt8(ascii: "_"))] = 63
    return values
  }()

  private static func digits(_ alphabet: String, ignoringCase: Bool) -> [UInt8] {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in alphabet.utf8.enumerated() {
      values[Int(digit)] = UInt8(value)
      if ignoringCase { values[Int(digit.asciiUppercased)] = UInt8(value) }
    }
    return values
  }
}
