internal import Findings

/// Values that people write where a credential belongs.
enum Placeholder {
  static func matches(_ value: ArraySlice<UInt8>) -> Bool {
    matchesButSequences(value) || isSequential(value)
  }

  static func matchesButSequences(_ value: ArraySlice<UInt8>) -> Bool {
    guard !value.isEmpty else { return true }
    return isRepetitive(value) || holdsTellingWord(value)
  }

  /// At most three different letters or digits in eight or more, or one of them makes up most of the value.
  private static func isRepetitive(_ value: ArraySlice<UInt8>) -> Bool {
    var counts = [Int](repeating: 0, count: 128)
    var total = 0
    for byte in value where byte.isASCIIAlphanumeric {
      counts[Int(byte.asciiLowercased)] += 1
      total += 1
    }
    guard total >= 4 else { return value.count >= 8 && Set(value).count <= 3 }
    let kinds = counts.count { $0 > 0 }
    let most = counts.max() ?? 0
    return (kinds <= 3 && total >= 8) || kinds == 1 || most * 10 >= total * 6
      || longestRun(in: value) * 2 >= max(total, 16)
  }

  private static func longestRun(in value: ArraySlice<UInt8>) -> Int {
    var longest = 0
    var run = 0
    var last: UInt8?
    for byte in value {
      run = byte == last ? run + 1 : 1
      last = byte
      longest = max(longest, run)
    }
    return longest
  }

  /// Mostly steps of one up or down (`abcdef`, `0123456789`, `987654`).
  private static func isSequential(_ value: ArraySlice<UInt8>) -> Bool {
    guard value.count >= 6 else { return false }
    let steps = zip(value, value.dropFirst()).count { left, right in
      let difference = Int(right.asciiLowercased) - Int(left.asciiLowercased)
      return abs(difference) == 1 || (left == UInt8(ascii: "9") && right == UInt8(ascii: "0"))
    }
    return steps * 4 >= (value.count - 1) * 3
  }

  /// Words of six letters and more count anywhere (a random string of 40 characters holds a given one less than once in
  /// 10^8 times); shorter ones only when nothing of their kind touches them.
  private static func holdsTellingWord(_ value: ArraySlice<UInt8>) -> Bool {
    let text = value.map(\.asciiLowercased)
    if anywhere.contains(where: { text.holds($0) }) { return true }
    return alone.contains { standsAlone($0, in: text) }
  }

  /// Whether `word` stands somewhere between characters that are neither letters nor digits.
  private static func standsAlone(_ word: [UInt8], in text: [UInt8]) -> Bool {
    var start = 0
    while let place = text.firstOffset(of: word, from: start) {
      let end = place + word.count
      let isTouched =
        (place > 0 && text[place - 1].isASCIIAlphanumeric) || (end < text.count && text[end].isASCIIAlphanumeric)
      if !isTouched { return true }
      start = place + 1
    }
    return false
  }

  private static let anywhere = [
    "example", "changeme", "change-me", "change_me", "changeit", "placeholder", "dummy", "redacted", "replaceme",
    "replace-me", "replace_me", "replace-with", "replace_with", "insert-", "insert_", "your-", "your_", "yourtoken",
    "yourkey", "yourapikey", "yoursecret", "yourpassword", "mytoken", "mysecret", "mypassword", "sample-", "sample_",
    "-sample", "_sample", "notreal", "not-real", "not_real", "invalid", "fakekey", "faketoken", "fake-", "fake_",
    "todo:",
    "xxxxx", "*****", "...", "deadbeef", "foobar", "testtest", "masked", "obfuscated", "removed",
    "undefined", "lorem", "hunter2", "correcthorse",
  ].map { Array($0.utf8) }

  private static let alone = [
    "xxxx", "xxx", "your", "test", "tests", "testing", "fake", "sample", "todo", "fixme", "none", "null", "nil",
    "secret",
    "password", "passwd", "token", "foo", "bar", "baz", "here", "demo", "default", "mock", "dummy", "my", "some", "abc",
    "abc123", "123", "1234", "12345", "xyz", "123456", "qwerty", "enter", "insert", "hidden", "string", "value", "true",
    "false", "nope", "nothing", "temp", "tbd",
  ].map { Array($0.utf8) }
}
