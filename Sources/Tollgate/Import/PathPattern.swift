/// Turns a regular expression over paths into patterns of paths, where it is simple enough.
enum PathPattern {
  /// More patterns than this are no longer simple.
  private static let maxPatterns = 40
  /// Stands for `.*` until the whole pattern is known; no path holds it.
  fileprivate static let anything = "\u{0}"

  /// - Returns: patterns that together match what the expression matches (but for the case of letters); `nil` when it asks
  ///   for more than they can say.
  static func globs(of expression: String) -> [String]? {
    var text = expression[...]
    for flag in ["(?i)", "(?i:"] where text.hasPrefix(flag) {
      if flag == "(?i:" { return nil }
      text = text.dropFirst(flag.count)
    }
    var isAtStart = false
    var isAtRoot = false
    for start in ["(?:^|/)", "(^|/)", "(?:^|.*/)", "(.*/)?", "(?:.*/)?"] where text.hasPrefix(start) {
      text = text.dropFirst(start.count)
      isAtStart = true
    }
    if text.hasPrefix("^") {
      text = text.dropFirst()
      (isAtStart, isAtRoot) = (true, true)
      for start in [".*/", "(.*/)?", "(?:.*/)?"] where text.hasPrefix(start) {
        text = text.dropFirst(start.count)
        isAtRoot = false
      }
    }
    if text.hasPrefix(".*") { (text, isAtStart, isAtRoot) = (text.dropFirst(2), false, false) }
    var isAtEnd = false
    for end in ["(?:/.*)?$", "(?:/.*?)?$", "(/.*)?$", "(?:/.+)?$", "/.*$", "/.*", "/"]
    where text.hasSuffix(end) && !isAtEnd {
      text = text.dropLast(end.count)
      isAtEnd = true
    }
    if !isAtEnd, text.hasSuffix("$"), !text.hasSuffix("\\$") { (text, isAtEnd) = (text.dropLast(), true) }
    if !isAtEnd, text.hasSuffix(".*") { text = text.dropLast(2) }
    var parser = Expansion(text)
    guard let bodies = parser.alternatives(), parser.isDone, bodies.count <= maxPatterns else { return nil }
    return bodies.compactMap { body in
      guard !body.isEmpty, body.contains(where: { $0 != "*" && $0 != "/" && $0 != "\u{0}" }) else { return nil }
      var glob = (isAtStart ? "" : "*") + body + (isAtEnd ? "" : "*")
      while glob.contains("**") { glob = glob.replacing("**", with: "*") }
      // What may hold slashes reaches over components where the pattern has any.
      if glob.contains("/") { glob = glob.replacing("/\(Self.anything)", with: "/**/*") }
      glob = glob.replacing(Self.anything, with: "*")
      // Without a slash a pattern is held against every component, with one against the path from the root.
      if glob.contains("/") || isAtRoot {
        return isAtRoot ? (glob.contains("/") ? glob : "/" + glob) : "**/" + glob
      }
      return glob
    }
  }

  /// Spells out groups and what may be absent.
  private struct Expansion {
    private var rest: Substring

    init(_ text: Substring) {
      rest = text
    }

    var isDone: Bool { rest.isEmpty }

    mutating func alternatives() -> [String]? {
      guard var all = sequence() else { return nil }
      while rest.first == "|" {
        rest.removeFirst()
        guard let more = sequence() else { return nil }
        all += more
      }
      return all.count <= 200 ? all : nil
    }

    private mutating func sequence() -> [String]? {
      var texts = [""]
      while let next = rest.first, next != "|", next != ")" {
        let isDot = next == "."
        guard var atoms = atom() else { return nil }
        switch rest.first {
        case "?":
          rest.removeFirst()
          atoms.append("")
        case "*", "+":
          // A single character, repeated: any text within a component.
          guard atoms == ["?"] else { return nil }
          let isOne = rest.removeFirst() == "+"
          if rest.first == "?" { rest.removeFirst() }
          atoms = isDot && !isOne ? [PathPattern.anything] : [isOne ? "?*" : "*"]
        case "{": return nil
        default: break
        }
        texts = texts.flatMap { head in atoms.map { head + $0 } }
        guard texts.count <= 200 else { return nil }
      }
      return texts
    }

    private mutating func atom() -> [String]? {
      let first = rest.removeFirst()
      switch first {
      case "(":
        if rest.hasPrefix("?:") { rest = rest.dropFirst(2) }
        guard rest.first != "?", let inner = alternatives(), rest.first == ")" else { return nil }
        rest.removeFirst()
        return inner
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        if escaped == "d" || escaped == "w" { return ["?"] }
        return escaped.isLetter || escaped.isNumber || "*?[]".contains(escaped) ? nil : [String(escaped)]
      case "[":
        guard let end = rest.firstIndex(of: "]"), end != rest.startIndex, !rest[..<end].contains("\\"),
          rest.first != "^"
        else { return nil }
        let inner = rest[..<end]
        rest = rest[rest.index(after: end)...]
        // Long sets are any character: what they leave out does not occur in names of files.
        return inner.count > 6 ? ["?"] : ["[\(inner)]"]
      case ".": return ["?"]
      case "^", "$", "*", "+", "?", "{", "]": return nil
      default: return [String(first)]
      }
    }
  }
}
