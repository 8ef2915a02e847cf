internal import Findings

/// What stands around a value: filters that judge generic forms need more than the value.
package struct MatchContext: Sendable {
  /// The whole name that the value is given to, as it is written.
  let name: ArraySlice<UInt8>
  /// Whether the rule's pattern says what the name is; else the form alone tells what the value is.
  let hasName: Bool
  /// What stands on the line before the name.
  let before: ArraySlice<UInt8>
  /// What stands between the name and the value.
  let between: ArraySlice<UInt8>
  /// The rest of the line.
  let after: ArraySlice<UInt8>
  /// Whether the line is one that no person wrote: a bundle, a table of data.
  let isLongLine: Bool
  let file: FileTraits?

  /// How much of a line is looked at on each side.
  private static let reach = 400

  /// - Parameters:
  ///   - name: where the pattern found the name; `nil` when it does not say.
  ///   - value: where the value stands.
  package init(name: Range<Int>?, value: Range<Int>, in text: Span<UInt8>, file: FileTraits?) {
    var start = value.lowerBound
    let first = max(0, start - Self.reach)
    while start > first, text[start - 1] != 0x0A { start -= 1 }
    var end = value.upperBound
    let last = min(text.count, end + Self.reach)
    while end < last, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
    isLongLine = end - start - value.count >= Self.reach
    let line = Array(text.extracting(start..<end))
    after = line[(value.upperBound - start)...]
    self.file = file
    hasName = name != nil
    guard let name, name.upperBound <= value.lowerBound else {
      self.name = []
      before = line[..<(value.lowerBound - start)]
      between = []
      return
    }
    guard name.lowerBound >= start else {
      // On a line above: `name: DB_PASSWORD` and below it `value: …`.
      var nameStart = name.lowerBound
      while nameStart > 0, name.lowerBound - nameStart < 60, Self.isNameByte(text[nameStart - 1]) { nameStart -= 1 }
      self.name = Array(text.extracting(nameStart..<name.upperBound))[...]
      before = []
      between = line[..<(value.lowerBound - start)]
      return
    }
    // Patterns begin at the word that tells; the name may begin before it.
    var nameStart = name.lowerBound - start
    while nameStart > 0, Self.isNameByte(line[nameStart - 1]) { nameStart -= 1 }
    before = line[..<nameStart]
    self.name = line[nameStart..<(name.upperBound - start)]
    between = line[(name.upperBound - start)..<(value.lowerBound - start)]
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// Whether a quotation mark opens the value.
  var isQuoted: Bool {
    switch between.last ?? before.last {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): true
    default: false
    }
  }

  /// Whether the value is an argument or a neighbour in a list, and not plainly assigned.
  var isArgument: Bool {
    between.contains(UInt8(ascii: "(")) || between.contains(UInt8(ascii: ","))
  }

  /// Whether name and value touch but for one `=`, or the name is an option: as on command lines and in addresses.
  var isTight: Bool {
    (between.count == 1 && between.first == UInt8(ascii: "=")) || name.starts(with: "--".utf8)
  }

  /// Whether the line holds nothing but the assignment, and perhaps a comment.
  var standsAlone: Bool {
    before.count <= 60
      && before.allSatisfy { byte in
        byte.isASCIIAlphanumeric || " \t#/*>+|_-.`\"".utf8.contains(byte)
      }
      && isEnd(after)
  }

  private func isEnd(_ rest: ArraySlice<UInt8>) -> Bool {
    let rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = rest.first else { return true }
    return first == UInt8(ascii: "#") || (first == UInt8(ascii: "/") && rest.dropFirst().first == UInt8(ascii: "/"))
      || ("`;,\\|".utf8.contains(first) && rest.count <= 3)
  }
}
