// The signs mean what they mean in the patterns for paths of the command line and of policies, but the whole text must match:
// `'evil/acme'.glob('acme')` is false. Braces are written out first, as a shell does, so that what is matched is a plain
// sequence; all places in it where the text may be are followed at once, so that nothing is tried twice.

/// A pattern for paths: `text.glob('release/**')`.
package struct Glob: Sendable {
  private static let longest = 4_096
  private static let mostAlternatives = 256

  private enum State: Sendable {
    case scalar(Unicode.Scalar)
    /// `?`
    case any
    case set([ClosedRange<UInt32>], isNegated: Bool)
    /// `*`
    case star
    /// `**/` at the beginning of a component, and the state within one of its components.
    case components, component
    /// The `/` before a `**` at the end, which may be missing with all that follows.
    case slash
    /// `**` at the end
    case rest
  }

  private let alternatives: [[State]]
  /// How many states there are: what a character may cost.
  let size: Int

  package init(_ text: String) throws(ExpressionError) {
    guard text.utf8.count <= Self.longest else { throw ExpressionError(.pattern, "the glob is too long") }
    var alternatives: [[State]] = []
    for pattern in try Self.expanded(Array(text.unicodeScalars)) { alternatives.append(try Self.states(pattern)) }
    self.alternatives = alternatives
    size = alternatives.reduce(1) { $0 + $1.count }
  }

  package func matches(_ text: String) -> Bool {
    alternatives.contains { Self.match($0, text.unicodeScalars) }
  }

  // MARK: Braces

  private static func expanded(_ pattern: [Unicode.Scalar]) throws(ExpressionError) -> [[Unicode.Scalar]] {
    var done: [[Unicode.Scalar]] = []
    var open = [pattern]
    while let pattern = open.popLast() {
      guard let (range, choices) = try firstBraces(pattern) else {
        done.append(pattern)
        continue
      }
      for choice in choices {
        open.append(Array([pattern[..<range.lowerBound], choice, pattern[range.upperBound...]].joined()))
      }
      guard done.count + open.count <= mostAlternatives else {
        throw ExpressionError(.pattern, "the braces of the glob stand for more than \(mostAlternatives) patterns")
      }
    }
    return done
  }

  /// The first outermost braces and what stands between their commas.
  private static func firstBraces(
    _ pattern: [Unicode.Scalar]
  ) throws(ExpressionError) -> (Range<Int>, [ArraySlice<Unicode.Scalar>])? {
    var index = 0
    var depth = 0
    var start = 0
    var choice = 0
    var choices: [ArraySlice<Unicode.Scalar>] = []
    while index < pattern.count {
      switch pattern[index] {
      case "[": index = try end(ofSet: pattern, at: index) - 1
      case "{":
        depth += 1
        if depth == 1 { (start, choice) = (index, index + 1) }
      case ",":
        if depth == 1 {
          choices.append(pattern[choice..<index])
          choice = index + 1
        }
      case "}":
        guard depth > 0 else { throw ExpressionError(.pattern, "the glob has a '}' without '{'") }
        depth -= 1
        if depth == 0 { return (start..<(index + 1), choices + [pattern[choice..<index]]) }
      default: break
      }
      index += 1
    }
    if depth > 0 { throw ExpressionError(.pattern, "the glob has a '{' without '}'") }
    return nil
  }

  // MARK: Compiling

  /// The position after the `]` of a set; a `]` directly at the beginning is a member.
  private static func end(ofSet pattern: [Unicode.Scalar], at start: Int) throws(ExpressionError) -> Int {
    var index = start + 1
    if index < pattern.count, pattern[index] == "!" || pattern[index] == "^" { index += 1 }
    index += 1
    while index < pattern.count, pattern[index] != "]", pattern[index] != "/" { index += 1 }
    guard index < pattern.count, pattern[index] == "]" else {
      throw ExpressionError(.pattern, "the glob has a '[' without ']'")
    }
    return index + 1
  }

  private static func set(_ members: ArraySlice<Unicode.Scalar>) -> State {
    var members = members
    let isNegated = members.first == "!" || members.first == "^"
    if isNegated { members.removeFirst() }
    var ranges: [ClosedRange<UInt32>] = []
    while let low = members.popFirst() {
      var high = low
      if members.count >= 2, members.first == "-" {
        members.removeFirst()
        high = members.removeFirst()
      }
      if low <= high { ranges.append(low.value...high.value) }
    }
    return .set(ranges, isNegated: isNegated)
  }

  private static func states(_ pattern: [Unicode.Scalar]) throws(ExpressionError) -> [State] {
    var states: [State] = []
    var index = 0
    while index < pattern.count {
      let rest = pattern[index...]
      let isAtStart = index == 0 || pattern[index - 1] == "/"
      switch pattern[index] {
      case "*":
        if isAtStart && rest.starts(with: "**/".unicodeScalars) {
          states += [.components, .component]
          index += 3
          continue
        }
        if isAtStart && rest.elementsEqual("**".unicodeScalars) { return states + [.rest] }
        if case .star? = states.last {} else { states.append(.star) }
      case "/":
        if rest.elementsEqual("/**".unicodeScalars) { return states + [.slash, .rest] }
        states.append(.scalar("/"))
      case "?": states.append(.any)
      case "[":
        let end = try end(ofSet: pattern, at: index)
        states.append(set(pattern[(index + 1)..<(end - 1)]))
        index = end
        continue
      case let scalar: states.append(.scalar(scalar))
      }
      index += 1
    }
    return states
  }

  // MARK: Matching

  private static func match(_ states: [State], _ text: String.UnicodeScalarView) -> Bool {
    var active: [Int] = []
    var next: [Int] = []
    // The step at which a state was last added: it is added once.
    var added = [Int](repeating: -1, count: states.count + 1)
    add(0, to: &active, states, &added, step: 0)
    var step = 0
    for scalar in text {
      step += 1
      next.removeAll(keepingCapacity: true)
      for state in active {
        guard state < states.count, let target = target(states[state], state, scalar) else { continue }
        add(target, to: &next, states, &added, step: step)
      }
      if next.isEmpty { return false }
      swap(&active, &next)
    }
    return added[states.count] == step
  }

  /// Adds a state, and those that it leads to without a character.
  private static func add(_ state: Int, to active: inout [Int], _ states: [State], _ added: inout [Int], step: Int) {
    var state = state
    while added[state] != step {
      added[state] = step
      active.append(state)
      guard state < states.count else { return }
      switch states[state] {
      case .star, .rest: state += 1
      case .components, .slash: state += 2
      default: return
      }
    }
  }

  /// Where a state leads with a character.
  private static func target(_ state: State, _ index: Int, _ scalar: Unicode.Scalar) -> Int? {
    switch state {
    case .scalar(let wanted): scalar == wanted ? index + 1 : nil
    case .any: scalar == "/" ? nil : index + 1
    case .set(let ranges, let isNegated):
      scalar != "/" && ranges.contains { $0.contains(scalar.value) } != isNegated ? index + 1 : nil
    case .star: scalar == "/" ? nil : index
    case .components: scalar == "/" ? index : index + 1
    case .component: scalar == "/" ? index - 1 : index
    case .slash: scalar == "/" ? index + 1 : nil
    case .rest: index
    }
  }
}
