// Bare entropy counts the characters of a text and not their order, so `settingsManager` looks as random as a password.
// This model knows the order: what three letters follow each other in names and words, and how classes of characters do.
// Its tables are learned from source trees by Benchmarks/labels/train-model; Benchmarks/labels/README.md compares both.

internal import Glibc

/// How a text came about: made of words and names, or drawn by a generator.
enum WordModel {
  /// By how many bits it is more likely that a generator drew the text than that somebody wrote words or a name.
  ///
  /// Around 0 for what could be either; a drawn text gains about two bits with each letter, a word loses as much.
  static func drawnBits(of value: ArraySlice<UInt8>) -> Int {
    var words = 0
    // The three classes before, as digits of a number to the base of six; five stands for the start.
    var shape = 5 * 36 + 5 * 6 + 5
    var first = runStart
    var second = runStart
    var last = CharacterClass.edge
    var seen = 0
    var isHexadecimal = true
    for byte in value {
      let kind = CharacterClass(byte)
      words += shapeCost(shape * 6 + kind.rawValue)
      shape = shape % 36 * 6 + kind.rawValue
      seen |= 1 << kind.rawValue
      if kind.rawValue > CharacterClass.upper.rawValue {
        first = runStart
        second = runStart
        words += kind.cost
        if kind != .digit { isHexadecimal = false }
      } else {
        if kind == .upper && last == .lower {
          first = runStart
          second = runStart
        }
        let letter = Int(byte | 0x20) - 0x61
        words += letterCost((first * 27 + second) * 26 + letter)
        if letter > 5 { isHexadecimal = false }
        first = second
        second = letter
      }
      last = kind
    }
    words += shapeCost(shape * 6 + CharacterClass.edge.rawValue)
    let holdsDigits = seen & 1 << CharacterClass.digit.rawValue != 0
    let perCharacter = isHexadecimal && holdsDigits ? 16 : drawnCosts[seen & 31]
    return (words - perCharacter * value.count - alphabetCost) / 4
  }

  /// The classes that the shape of a text is told in. `edge` is its start and its end.
  enum CharacterClass: Int {
    case lower, upper, digit, separator, symbol, edge

    init(_ byte: UInt8) {
      switch byte {
      case 0x61...0x7A: self = .lower
      case 0x41...0x5A: self = .upper
      case 0x30...0x39: self = .digit
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: "/"),
        UInt8(ascii: ":"), UInt8(ascii: ","):
        self = .separator
      default: self = .symbol
      }
    }

    /// What saying which member of the class it is costs, in quarter bits: all are as likely.
    var cost: Int {
      switch self {
      case .digit: 13
      case .separator: 8
      case .symbol: 18
      case .lower, .upper, .edge: 0
      }
    }

    /// How many characters of the class a generator picks from.
    var size: Double {
      switch self {
      case .lower, .upper: 26
      case .digit: 10
      case .separator: 2
      case .symbol: 12
      case .edge: 0
      }
    }
  }

  /// In place of a letter: the start of a run of letters.
  private static let runStart = 26
  /// What it costs to say which alphabet a generator used, in quarter bits.
  private static let alphabetCost = 20

  /// The cost of a character drawn from an alphabet of these classes (a bit for each), in quarter bits.
  private static let drawnCosts: [Int] = (0..<32).map { classes in
    let size = (0..<5).reduce(0) { sum, kind in
      classes & 1 << kind == 0 ? sum : sum + (CharacterClass(rawValue: kind)?.size ?? 0)
    }
    return Int(4 * log2(max(size, 1)))
  }

  private static func letterCost(_ index: Int) -> Int { cost(at: index, in: letterCosts) }
  private static func shapeCost(_ index: Int) -> Int { cost(at: index, in: shapeCosts) }

  private static func cost(at index: Int, in table: StaticString) -> Int {
    precondition(index >= 0 && index < table.utf8CodeUnitCount)
    // The bytes of a literal live for ever, and the index is among them.
    let byte = unsafe table.utf8Start[index]
    return Int(byte == UInt8(ascii: "~") ? UInt8(ascii: "\\") : byte) - 48
  }
}
