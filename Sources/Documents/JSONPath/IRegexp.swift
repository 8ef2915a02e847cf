/// I-Regexp (RFC 9485), the regular expressions of JSONPath, written anew for PCRE2 with UTF.
enum IRegexp {
  /// The pattern for PCRE2; `nil` where `pattern` does not follow RFC 9485, 4.
  ///
  /// All that stands for itself is escaped, so the result means the same to PCRE2 and to ICU. Groups capture nothing.
  /// - Parameter isWhole: anchor it at both ends of the text.
  static func pcre2(_ pattern: String, isWhole: Bool) -> String? {
    var translation = Translation(pattern: Array(pattern.unicodeScalars))
    guard translation.run() else { return nil }
    return isWhole ? "\\A(?:\(translation.output))\\z" : translation.output
  }
}

/// One pass over the pattern; parentheses are counted and need no recursion.
private struct Translation {
  let pattern: [Unicode.Scalar]
  private(set) var output = ""
  private var index = 0
  private var depth = 0
  /// Whether an atom stands before `index`, to which a quantifier can belong.
  private var followsAtom = false

  init(pattern: [Unicode.Scalar]) {
    self.pattern = pattern
  }

  private var next: Unicode.Scalar? { index < pattern.count ? pattern[index] : nil }

  mutating func run() -> Bool {
    while let scalar = next {
      index += 1
      switch scalar {
      case "(":
        depth += 1
        output += "(?:"
        followsAtom = false
      case ")":
        guard depth > 0 else { return false }
        depth -= 1
        output += ")"
        followsAtom = true
      case "|":
        output += "|"
        followsAtom = false
      case "*", "+", "?":
        guard followsAtom else { return false }
        output.unicodeScalars.append(scalar)
        followsAtom = false
      case "{":
        guard followsAtom, readRangeQuantifier() else { return false }
        followsAtom = false
      case ".":
        // RFC 9485, 5.3: any character but the ends of lines.
        output += "[^\\n\\r]"
        followsAtom = true
      case "[":
        guard readClass() else { return false }
        followsAtom = true
      case "\\":
        guard readEscape() != nil else { return false }
        followsAtom = true
      case "]", "}": return false
      case "^", "$":
        // Literals by the grammar of section 4, but 5.3 and 5.4 hand them on to ECMAScript and PCRE as they are, and the
        // compliance test suite takes them for anchors.
        output.unicodeScalars.append(scalar)
        followsAtom = true
      default:
        output += Self.literal(scalar)
        followsAtom = true
      }
    }
    return depth == 0
  }

  /// `"{" QuantExact [ "," [ QuantExact ] ] "}"` from behind the brace.
  private mutating func readRangeQuantifier() -> Bool {
    let start = index
    func digits(_ translation: inout Self) -> Bool {
      let start = translation.index
      while let scalar = translation.next, "0"..."9" ~= scalar { translation.index += 1 }
      return translation.index > start
    }
    guard digits(&self) else { return false }
    if next == "," {
      index += 1
      _ = digits(&self)
    }
    guard next == "}" else { return false }
    index += 1
    output += "{"
    output.unicodeScalars.append(contentsOf: pattern[start..<index])
    return true
  }

  /// What an escape in a class or outside of it is: a character, or a category.
  private enum Escape {
    case character, category
  }

  /// Reads `SingleCharEsc` or `charClassEsc` from behind the backslash.
  private mutating func readEscape() -> Escape? {
    guard let scalar = next else { return nil }
    index += 1
    switch scalar {
    case "n", "r", "t":
      output += "\\"
      output.unicodeScalars.append(scalar)
      return .character
    case "(", ")", "*", "+", "-", ".", "?", "[", "\\", "]", "^", "{", "|", "}":
      output += Self.literal(scalar)
      return .character
    case "p", "P":
      guard next == "{", let end = pattern[index...].firstIndex(of: "}") else { return nil }
      var name = ""
      name.unicodeScalars.append(contentsOf: pattern[(index + 1)..<end])
      guard Self.categories.contains(name) else { return nil }
      index = end + 1
      output += scalar == "p" ? "\\p{\(name)}" : "\\P{\(name)}"
      return .category
    default: return nil
    }
  }

  /// `"[" [ "^" ] ( "-" / CCE1 ) *CCE1 [ "-" ] "]"` from behind the bracket.
  private mutating func readClass() -> Bool {
    output += "["
    if next == "^" {
      index += 1
      output += "^"
    }
    var isFirst = true
    while let scalar = next {
      if scalar == "]" {
        guard !isFirst else { return false }
        index += 1
        output += "]"
        return true
      }
      if scalar == "-" {
        // A dash stands for itself at either end only.
        guard isFirst || (index + 1 < pattern.count && pattern[index + 1] == "]") else { return false }
        index += 1
        output += "\\-"
      } else {
        guard readClassElement() else { return false }
      }
      isFirst = false
    }
    return false
  }

  /// `( CCchar [ "-" CCchar ] ) / charClassEsc`.
  private mutating func readClassElement() -> Bool {
    switch readClassCharacter() {
    case nil: return false
    case .category: return true
    case .character: break
    }
    // A dash before the closing bracket is no range.
    guard next == "-", index + 1 < pattern.count, pattern[index + 1] != "]" else { return true }
    index += 1
    output += "-"
    return readClassCharacter() == .character
  }

  private mutating func readClassCharacter() -> Escape? {
    guard let scalar = next, scalar != "[", scalar != "]", scalar != "-" else { return nil }
    index += 1
    if scalar == "\\" { return readEscape() }
    output += Self.literal(scalar)
    return .character
  }

  /// A character that stands for itself: a backslash before an ASCII sign makes it one, in PCRE2 as in ICU.
  private static func literal(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "\u{80}"...: String(scalar)
    case "\0"..." ", "\u{7F}": "\\x{" + String(scalar.value, radix: 16) + "}"
    default: "\\" + String(scalar)
    }
  }

  /// RFC 9485, 4, `IsCategory`.
  private static let categories: Set<String> = {
    let parts = [
      ("L", "lmotu"), ("M", "cen"), ("N", "dlo"), ("P", "cdefios"), ("Z", "lps"), ("S", "ckmo"), ("C", "cfno"),
    ]
    var names: Set<String> = []
    for (main, subs) in parts {
      names.insert(main)
      for sub in subs { names.insert(main + String(sub)) }
    }
    return names
  }()
}
