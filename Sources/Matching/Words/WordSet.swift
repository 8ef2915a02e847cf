/// A word of a name as a number: its first eight letters, in lower case. Comparing numbers needs no memory.
typealias WordCode = UInt64

/// A set of words, told by their first eight letters.
struct WordSet: Sendable {
  private let codes: Set<WordCode>

  /// - Parameter text: words between blanks.
  init(_ text: String) {
    codes = Set(text.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { Self.code(of: $0) })
  }

  func contains(_ code: WordCode) -> Bool { codes.contains(code) }

  static func code(of word: some Sequence<UInt8>) -> WordCode {
    var code: WordCode = 0
    var count = 0
    for byte in word {
      if count == 8 { break }
      code = code << 8 | WordCode(byte.asciiLowercased)
      count += 1
    }
    return code
  }
}

/// The words that a name is made of: `DB_userPassword2` is db, user, password. Digits divide and are left out.
struct NameWords: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ name: ArraySlice<UInt8>) { rest = name }

  mutating func next() -> WordCode? {
    while let byte = rest.first, !byte.isASCIILetter { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    var end = rest.startIndex
    var code: WordCode = 0
    var count = 0
    while end < rest.endIndex, rest[end].isASCIILetter {
      let byte = rest[end]
      let isUpper = byte.asciiLowercased != byte
      if isUpper && count > 0 {
        let wasUpper = rest[end - 1].asciiLowercased != rest[end - 1]
        let isBeforeLower = end + 1 < rest.endIndex && rest[end + 1].asciiUppercased != rest[end + 1]
        // `userName` ends before N, `APIKey` before K.
        if !wasUpper || isBeforeLower { break }
      }
      if count < 8 { code = code << 8 | WordCode(byte.asciiLowercased) }
      count += 1
      end += 1
    }
    rest = rest[end...]
    return code
  }
}
