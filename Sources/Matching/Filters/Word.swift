/// Values made of words: names, sentences, paths; nothing that a generator of passwords would give.
enum Word {
  static func matches(_ value: ArraySlice<UInt8>) -> Bool {
    let digits = value.count { $0.isASCIIDigit }
    let letters = value.count { $0.isASCIILetter }
    let symbols = value.count - digits - letters
    let separators = value.count { separatorBytes.contains($0) }
    // A symbol within, such as `!`, is what people put into passwords.
    guard symbols == separators else { return false }
    if letters == 0 { return true }
    if digits == 0 { return !changesCaseOften(value) }
    // `user_name_2`, `sha256`, `utf-8`: a digit or two at the end of a word.
    let parts = value.split { separatorBytes.contains($0) }
    return parts.allSatisfy { part in
      let tail = part.reversed().prefix { $0.isASCIIDigit }.count
      let inner = part.dropLast(tail)
      return inner.allSatisfy(\.isASCIILetter) && tail <= 4 && (inner.isEmpty || !changesCaseOften(inner))
        && (tail == 0 || inner.count >= tail || inner.isEmpty)
    } && (parts.count > 1 || digits <= 2)
  }

  private static let separatorBytes = Set("-_ ./:,@".utf8)

  /// `aB3` mixes case within words; `accessToken` and `UserName` change at word starts only.
  private static func changesCaseOften(_ value: ArraySlice<UInt8>) -> Bool {
    var changes = 0
    for (left, right) in zip(value, value.dropFirst()) {
      let wasLower = left.asciiUppercased != left
      let isUpper = right.asciiLowercased != right
      if wasLower && isUpper { changes += 1 }
    }
    return changes * 6 > value.count
  }
}
