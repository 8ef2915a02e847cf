// PCRE2 says how short a match can be, but neither how long nor which literals every match holds. The engine needs
// both to look only near a literal and still find exactly what a search of the whole file would. So patterns are parsed
// here a second time, in the subset that allows an answer; PCRE2 stays the only judge of what matches.

/// The structure of a pattern, as far as lengths and literals go.
indirect enum PatternSyntax {
  /// One byte out of a set.
  case byte(ByteSet)
  case sequence([PatternSyntax])
  case alternation([PatternSyntax])
  case capture(Int, PatternSyntax)
  /// `most` is `nil` when there is no bound; `offset` is where the quantifier stands.
  case repetition(PatternSyntax, least: Int, most: Int?, offset: Int)
  /// `\b`, `^`, `$` and the like: looks at most one byte ahead.
  case assertion
  case lookahead(PatternSyntax, offset: Int)
  /// PCRE2 itself refuses a look-behind without a bound; what is kept here is for the look-aheads within.
  case lookbehind(PatternSyntax)

  static func parse(_ pattern: String) throws(PatternError) -> PatternSyntax {
    var parser = PatternParser(pattern)
    return try parser.parseAll()
  }
}

/// Reads the subset of PCRE2's syntax that rules are written in, and names what it leaves out.
private struct PatternParser {
  private let text: [UInt8]
  private var place = 0
  private var groups = 0
  private var ignoresCase = false
  private var dotMatchesNewline = false

  init(_ pattern: String) {
    text = Array(pattern.utf8)
  }

  mutating func parseAll() throws(PatternError) -> PatternSyntax {
    let syntax = try parseAlternation()
    guard place == text.count else { throw PatternError("unmatched closing parenthesis", at: place) }
    return syntax
  }

  private var next: UInt8? { place < text.count ? text[place] : nil }

  private mutating func take(_ expected: String) -> Bool {
    guard text[place...].starts(with: expected.utf8) else { return false }
    place += expected.utf8.count
    return true
  }

  private mutating func parseAlternation() throws(PatternError) -> PatternSyntax {
    var branches = [try parseSequence()]
    while take("|") { branches.append(try parseSequence()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func parseSequence() throws(PatternError) -> PatternSyntax {
    var items: [PatternSyntax] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      if let item = try parseAtom() { items.append(try parseQuantifiers(of: item)) }
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  /// One atom; `nil` for what stands for nothing, like `(?i)`.
  private mutating func parseAtom() throws(PatternError) -> PatternSyntax? {
    let start = place
    let byte = text[place]
    place += 1
    switch byte {
    case UInt8(ascii: "("): return try parseGroup(at: start)
    case UInt8(ascii: "["): return .byte(try parseClass(at: start))
    case UInt8(ascii: "."): return .byte(dotMatchesNewline ? .any : .notNewline)
    case UInt8(ascii: "^"), UInt8(ascii: "$"): return .assertion
    case UInt8(ascii: "\\"): return try parseEscape(at: start)
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      throw PatternError("quantifier follows nothing", at: start)
    default: return .byte(folded(ByteSet([byte])))
    }
  }

  private func folded(_ set: ByteSet) -> ByteSet { ignoresCase ? set.ignoringCase : set }

  private mutating func parseQuantifiers(of item: PatternSyntax) throws(PatternError) -> PatternSyntax {
    let start = place
    guard let (least, most) = try parseQuantifier() else { return item }
    if !take("?") { _ = take("+") }
    return .repetition(item, least: least, most: most, offset: start)
  }

  private mutating func parseQuantifier() throws(PatternError) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = place
    guard take("{") else { return nil }
    let least = parseNumber()
    var most = least
    if take(",") {
      most = parseNumber()
      if least == nil, take("}") { throw PatternError("write the lower bound of {0,n}", at: start) }
    }
    guard let least, take("}") else {
      // Not a quantifier: PCRE2 takes the brace as a literal. With spaces it is a quantifier from 10.43 on.
      place = start
      let inner = text[(start + 1)...].prefix { $0.isASCIIDigit || [9, 32, UInt8(ascii: ",")].contains($0) }
      if inner.contains(where: \.isASCIIDigit), text[inner.endIndex...].first == UInt8(ascii: "}") {
        throw PatternError("write a quantifier without spaces, or the brace as \\{", at: start)
      }
      return nil
    }
    return (least, most)
  }

  private mutating func parseNumber() -> Int? {
    let digits = text[place...].prefix { $0.isASCIIDigit }.prefix(6)
    place += digits.count
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private mutating func parseGroup(at start: Int) throws(PatternError) -> PatternSyntax? {
    guard take("?") else {
      if next == UInt8(ascii: "*") { throw PatternError("verbs such as (*...) are not supported", at: start) }
      groups += 1
      return .capture(groups, try parseGroupBody(at: start))
    }
    if take("=") || take("!") { return .lookahead(try parseGroupBody(at: start), offset: start) }
    if take("<=") || take("<!") {
      return .lookbehind(try parseGroupBody(at: start))
    }
    if take("#") {
      guard let end = text[place...].firstIndex(of: UInt8(ascii: ")")) else {
        throw PatternError("unclosed comment", at: start)
      }
      place = end + 1
      // PCRE2 takes it for a quantifier of what stands before the comment.
      if try parseQuantifier() != nil { throw PatternError("a quantifier cannot follow a comment", at: start) }
      return nil
    }
    if take(">") || take(":") { return try parseGroupBody(at: start) }
    if take("P<") || take("<") || take("'") {
      let close = text[place - 1] == UInt8(ascii: "'") ? UInt8(ascii: "'") : UInt8(ascii: ">")
      guard let end = text[place...].firstIndex(of: close) else { throw PatternError("unclosed group name", at: start) }
      // `(?<*` is a look-behind, and its text no name.
      guard text[place..<end].allSatisfy(ByteSet.word.contains) else {
        throw PatternError("this kind of group is not supported", at: start)
      }
      place = end + 1
      groups += 1
      return .capture(groups, try parseGroupBody(at: start))
    }
    let outer = (ignoresCase, dotMatchesNewline)
    try parseOptions(at: start)
    // `(?i)` holds to the end of the enclosing group, whose body puts the options back.
    if take(")") { return nil }
    guard take(":") else { throw PatternError("this kind of group is not supported", at: start) }
    let body = try parseGroupBody(at: start)
    (ignoresCase, dotMatchesNewline) = outer
    return body
  }

  private mutating func parseGroupBody(at start: Int) throws(PatternError) -> PatternSyntax {
    let outer = (ignoresCase, dotMatchesNewline)
    defer { (ignoresCase, dotMatchesNewline) = outer }
    let body = try parseAlternation()
    guard take(")") else { throw PatternError("unclosed group", at: start) }
    return body
  }

  private mutating func parseOptions(at start: Int) throws(PatternError) {
    var isOn = true
    while let byte = next, byte != UInt8(ascii: ")"), byte != UInt8(ascii: ":") {
      switch byte {
      case UInt8(ascii: "-"): isOn = false
      case UInt8(ascii: "i"): ignoresCase = isOn
      case UInt8(ascii: "s"): dotMatchesNewline = isOn
      case UInt8(ascii: "m"): break  // Changes where assertions hold, not what is consumed.
      default: throw PatternError("this kind of group or option is not supported", at: start)
      }
      place += 1
    }
  }

  private mutating func parseEscape(at start: Int) throws(PatternError) -> PatternSyntax {
    guard let byte = next else { throw PatternError("pattern ends with a backslash", at: start) }
    if let set = try parseClassEscape(at: start) { return .byte(folded(set)) }
    place += 1
    switch byte {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "Z"):
      return .assertion
    default:
      throw PatternError("\\\(Unicode.Scalar(byte)) is not supported in rules", at: start)
    }
  }

  /// An escape that stands for a set of bytes, inside or outside brackets; `nil` when it is something else.
  private mutating func parseClassEscape(at start: Int) throws(PatternError) -> ByteSet? {
    guard let byte = next else { throw PatternError("pattern ends with a backslash", at: start) }
    let set: ByteSet
    switch byte {
    case UInt8(ascii: "d"): set = .digit
    case UInt8(ascii: "D"): set = ByteSet.digit.inverted
    case UInt8(ascii: "w"): set = .word
    case UInt8(ascii: "W"): set = ByteSet.word.inverted
    case UInt8(ascii: "s"): set = .space
    case UInt8(ascii: "S"): set = ByteSet.space.inverted
    case UInt8(ascii: "h"): set = ByteSet([9, 32, 0xA0])
    case UInt8(ascii: "N"): set = .notNewline
    case UInt8(ascii: "t"): set = ByteSet([9])
    case UInt8(ascii: "n"): set = ByteSet([10])
    case UInt8(ascii: "r"): set = ByteSet([13])
    case UInt8(ascii: "f"): set = ByteSet([12])
    case UInt8(ascii: "e"): set = ByteSet([27])
    case UInt8(ascii: "x"):
      place += 1
      return ByteSet([try parseHexadecimal(at: start)])
    case 0x80...: throw PatternError("write bytes outside ASCII as \\xHH", at: start)
    default:
      if byte.isASCIIAlphanumeric { return nil }
      set = ByteSet([byte])
    }
    place += 1
    return set
  }

  private mutating func parseHexadecimal(at start: Int) throws(PatternError) -> UInt8 {
    let isBraced = take("{")
    let digits = text[place...].prefix(2).prefix { ByteSet.hexDigit.contains($0) }
    place += digits.count
    guard digits.count == 2, !isBraced || take("}"),
      let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw PatternError("write a byte as \\xHH", at: start) }
    return value
  }

  private mutating func parseClass(at start: Int) throws(PatternError) -> ByteSet {
    var set = ByteSet()
    let isNegated = take("^")
    var isFirst = true
    while let byte = next, isFirst || byte != UInt8(ascii: "]") {
      isFirst = false
      let item = try parseClassItem(at: start)
      guard item.count == 1, let low = item.members.first, next == UInt8(ascii: "-"), place + 1 < text.count,
        text[place + 1] != UInt8(ascii: "]")
      else {
        set.formUnion(item)
        continue
      }
      place += 1
      let end = try parseClassItem(at: start)
      guard end.count == 1, let high = end.members.first, low <= high else {
        throw PatternError("range out of order in character class", at: place)
      }
      set.formUnion(ByteSet(low...high))
    }
    guard take("]") else { throw PatternError("unclosed character class", at: start) }
    let chosen = folded(set)
    return isNegated ? chosen.inverted : chosen
  }

  private mutating func parseClassItem(at start: Int) throws(PatternError) -> ByteSet {
    if take("[:") { return try parseNamedClass(at: start) }
    let byte = text[place]
    if byte == UInt8(ascii: "\\") {
      place += 1
      if next == UInt8(ascii: "b") {
        place += 1
        return ByteSet([8])
      }
      guard let set = try parseClassEscape(at: start) else {
        throw PatternError("this escape is not supported in a character class", at: place)
      }
      return set
    }
    place += 1
    return ByteSet([byte])
  }

  private mutating func parseNamedClass(at start: Int) throws(PatternError) -> ByteSet {
    for (name, set) in Self.namedClasses where take(name + ":]") { return set }
    throw PatternError("unknown named character class", at: start)
  }

  private static let namedClasses: [(String, ByteSet)] = [
    ("alnum", .alnum), ("alpha", .alpha), ("digit", .digit), ("lower", .lower), ("upper", .upper),
    ("space", .space), ("blank", .blank), ("xdigit", .hexDigit), ("word", .word),
  ]
}
