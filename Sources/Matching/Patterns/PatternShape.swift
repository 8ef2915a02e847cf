internal import Findings

/// What can be said of every match of a pattern without matching: how long it is and where an anchor stands in it.
///
/// This is what makes matching in windows exact: a match that holds an anchor at `a` starts in
/// `a - reach ... a`, and nothing at or after its start + `longest` + `slack` has a say in it.
package struct PatternShape: Sendable {
  /// The length of the longest match, in bytes.
  package let longest: Int
  /// How far behind the end of a match look-aheads and assertions can look.
  package let slack: Int
  /// The greatest distance from the start of a match to the start of the first anchor that it is sure to hold.
  package let reach: Int
  /// What a capture group (0: the whole match) can begin with, where that is a handful of literals, in lower case.
  private let openings: [Int: [[UInt8]]]

  /// The longest match that a rule may have.
  package static let limit = 65_536

  /// - Parameter anchors: the literals, caseless, one of which every match must hold.
  package init(of pattern: String, anchors: [String]) throws(PatternError) {
    let syntax = try PatternSyntax.parse(pattern)
    longest = try syntax.longest()
    guard longest <= Self.limit else {
      throw PatternError("a match can be \(longest) bytes long; the limit is \(Self.limit)", at: 0)
    }
    slack = try syntax.slack() + 1
    let folded = anchors.map { Array($0.utf8).map(\.asciiLowercased) }
    guard let reach = syntax.reach(of: folded) else {
      throw PatternError("a match need not hold any of the keywords \(anchors.joined(separator: ", "))", at: 0)
    }
    self.reach = reach
    openings = syntax.openings()
  }

  /// How many of the first bytes of a group's value are the same in every value of its kind: 0 when that is not known.
  package func publicPrefixLength(of value: some Collection<UInt8>, group: Int) -> Int {
    let lengths = (openings[group] ?? []).filter { opening in
      opening.count <= value.count && zip(opening, value).allSatisfy { $0 == $1.asciiLowercased }
    }.map(\.count)
    guard let longest = lengths.max(), longest >= 3 else { return 0 }
    return longest
  }
}

extension PatternSyntax {
  /// How many strings a part of a pattern may stand for and still count as a literal.
  private static let languageLimit = 512
  /// A class with more members than this is not a literal.
  private static let classLimit = 16

  func longest() throws(PatternError) -> Int {
    switch self {
    case .byte: return 1
    case .sequence(let items):
      var sum = 0
      for item in items { sum = min(sum + (try item.longest()), 1 << 40) }
      return sum
    case .alternation(let branches):
      var most = 0
      for branch in branches { most = max(most, try branch.longest()) }
      return most
    case .capture(_, let body): return try body.longest()
    case .repetition(let body, _, let most, let offset):
      guard let most else { throw PatternError("this repetition has no upper bound; write {m,n}", at: offset) }
      return min(most * (try body.longest()), 1 << 40)
    case .assertion, .lookbehind, .lookahead: return 0
    }
  }

  /// The widest look-ahead anywhere in the pattern.
  func slack() throws(PatternError) -> Int {
    switch self {
    case .byte: return 0
    case .assertion: return 1
    case .sequence(let items), .alternation(let items):
      var most = 0
      for item in items { most = max(most, try item.slack()) }
      return most
    case .capture(_, let body), .repetition(let body, _, _, _), .lookbehind(let body): return try body.slack()
    case .lookahead(let body, _): return try body.longest() + (try body.slack())
    }
  }

  /// All the strings that this stands for, in lower case; `nil` when they are too many to be a literal.
  private func language() -> [[UInt8]]? {
    switch self {
    case .byte(let set):
      let members = Set(set.members.map(\.asciiLowercased))
      return members.count <= Self.classLimit ? members.sorted().map { [$0] } : nil
    case .sequence(let items):
      return items.reduce([[]]) { strings, item in
        strings.flatMap { strings in item.language().flatMap { Self.product(strings, $0) } }
      }
    case .alternation(let branches):
      let languages = branches.map { $0.language() }
      let strings = languages.compactMap { $0 }.flatMap { $0 }
      return languages.contains { $0 == nil } || strings.count > Self.languageLimit ? nil : strings
    case .capture(_, let body): return body.language()
    case .repetition(let body, let least, let most, _):
      // Repeated white space and the like are gaps between literals: spelled out they would crowd out the literals.
      guard let most, most <= 8, let once = body.language(), once.count == 1 || most <= 2 else { return nil }
      var power: [[UInt8]]? = [[]]
      var all: [[UInt8]] = least == 0 ? [[]] : []
      for count in stride(from: 1, through: most, by: 1) {
        power = power.flatMap { Self.product($0, once) }
        guard let power else { return nil }
        if count >= least { all += power }
      }
      return all.count <= Self.languageLimit ? all : nil
    case .assertion, .lookahead, .lookbehind: return [[]]
    }
  }

  private static func product(_ left: [[UInt8]], _ right: [[UInt8]]) -> [[UInt8]]? {
    guard left.count * right.count <= languageLimit else { return nil }
    return left.flatMap { head in right.map { head + $0 } }
  }

  /// The greatest distance from the start to the first anchor that is sure to be there; `nil` when none is.
  func reach(of anchors: [[UInt8]]) -> Int? {
    switch self {
    case .byte, .assertion, .lookahead, .lookbehind: return Self.reach(of: anchors, in: language())
    case .capture(_, let body): return body.reach(of: anchors)
    case .repetition(let body, let least, _, _):
      return Self.reach(of: anchors, in: language()) ?? (least > 0 ? body.reach(of: anchors) : nil)
    case .alternation(let branches):
      var most = 0
      for branch in branches {
        guard let reach = branch.reach(of: anchors) else { return nil }
        most = max(most, reach)
      }
      return most
    case .sequence(let items): return Self.reach(of: anchors, inSequence: items)
    }
  }

  private static func reach(of anchors: [[UInt8]], inSequence items: [PatternSyntax]) -> Int? {
    var run: [[UInt8]] = [[]]
    var runStart = 0
    var place = 0
    for item in items {
      let width = (try? item.longest()) ?? 1 << 40
      if let strings = item.language(), let longer = product(run, strings) {
        run = longer
      } else {
        if let reach = reach(of: anchors, in: run) { return runStart + reach }
        if let reach = item.reach(of: anchors) { return place + reach }
        run = item.language() ?? [[]]
        runStart = item.language() == nil ? place + width : place
      }
      place += width
    }
    return reach(of: anchors, in: run).map { runStart + $0 }
  }

  /// The greatest distance to the first anchor over all `strings`; `nil` when one of them holds none.
  private static func reach(of anchors: [[UInt8]], in strings: [[UInt8]]?) -> Int? {
    guard let strings else { return nil }
    var most = 0
    for string in strings {
      let places = anchors.compactMap { string.firstOffset(of: $0) }
      guard let first = places.min() else { return nil }
      most = max(most, first)
    }
    return most
  }

  /// What the whole match and each group can begin with.
  func openings() -> [Int: [[UInt8]]] {
    var found = [0: opening()]
    collectOpenings(into: &found)
    return found
  }

  private func collectOpenings(into found: inout [Int: [[UInt8]]]) {
    switch self {
    case .byte, .assertion, .lookahead, .lookbehind: break
    case .sequence(let items), .alternation(let items): for item in items { item.collectOpenings(into: &found) }
    case .repetition(let body, _, _, _): body.collectOpenings(into: &found)
    case .capture(let number, let body):
      found[number] = body.opening()
      body.collectOpenings(into: &found)
    }
  }

  /// The literals that this begins with; empty strings where it begins with something else.
  private func opening() -> [[UInt8]] {
    if let strings = language() { return strings }
    switch self {
    case .capture(_, let body): return body.opening()
    case .alternation(let branches): return branches.flatMap { $0.opening() }
    case .repetition(let body, let least, _, _): return least > 0 ? body.opening() : [[]]
    case .sequence(let items):
      var run: [[UInt8]] = [[]]
      for item in items {
        guard let strings = item.language(), let longer = Self.product(run, strings) else {
          return Self.product(run, item.opening()) ?? run
        }
        run = longer
      }
      return run
    case .byte, .assertion, .lookahead, .lookbehind: return [[]]
    }
  }
}
