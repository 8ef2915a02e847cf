import TestSupport

/// Draws patterns out of the subset that rules may use, over an alphabet so small that nearly everything nearly matches.
struct PatternGenerator {
  var random: SeededGenerator

  static let anchors = ["ka", "kab", "bka", "k_"]
  static let pieces: [[UInt8]] =
    (anchors + ["a", "b", "k", "_", "K", "A", "\n", " ", "ab", "kk", "é"]).map { Array($0.utf8) } + [[0xFF]]

  /// Anchors for one pattern.
  mutating func someAnchors() -> [String] {
    let chosen = Self.anchors.filter { _ in random.once(in: 2) }
    return chosen.isEmpty ? [random.pick(Self.anchors)] : chosen
  }

  mutating func pattern() -> String { alternation(depth: 3) }

  private mutating func alternation(depth: Int) -> String {
    let count = random.once(in: 4) ? 2 + random.below(2) : 1
    return (0..<count).map { _ in sequence(depth: depth) }.joined(separator: "|")
  }

  private mutating func sequence(depth: Int) -> String {
    (0...random.below(4)).map { _ in quantified(depth: depth) }.joined()
  }

  private mutating func quantified(depth: Int) -> String {
    let (text, isRepeatable) = atom(depth: depth)
    guard isRepeatable, random.once(in: 3) else { return text }
    let least = random.below(3)
    let quantifier = random.pick(["?", "{\(least),\(least + random.below(3))}", "{\(1 + random.below(3))}"])
    return text + quantifier + random.pick(["", "", "?", "+"])
  }

  private mutating func atom(depth: Int) -> (text: String, isRepeatable: Bool) {
    if depth > 0, random.once(in: 3) {
      let body = alternation(depth: depth - 1)
      switch random.below(9) {
      case 0, 1: return ("(\(body))", true)
      case 2, 3, 4: return ("(?:\(body))", true)
      case 5: return ("(?>\(body))", true)
      case 6: return ("(?i:\(body))", true)
      case 7: return ("(?=\(body))", false)
      default: return ("(?!\(body))", false)
      }
    }
    switch random.below(12) {
    // Anchors are what most patterns consist of.
    case 0, 1, 2, 3: return (random.pick(Self.anchors), false)
    case 4, 5: return (random.pick(["a", "b", "k", "_"]), true)
    case 6: return (random.pick(["[ab]", "[^k]", "[a-k_]", #"\w"#, #"\W"#, #"[\s_]"#, "[[:alpha:]]"]), true)
    case 7: return (".", true)
    case 8: return (random.pick([#"\b"#, #"\B"#, "^", "$", #"\z"#, #"\Z"#]), false)
    case 9: return (random.pick(["(?<=a)", "(?<!k)", "(?<=ka|b)", #"(?<=\n)"#, "(?<=(?=ka)k)", "(?<=a$)"]), false)
    case 10: return (random.pick(["(?i)", "(?s)", "(?m)", "(?-i)", "(?#note)"]), false)
    default: return ("", false)
    }
  }
}
