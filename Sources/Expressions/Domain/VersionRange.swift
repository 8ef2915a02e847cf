// The grammar and its meaning are those of npm, which most people know; Cargo's and Composer's differ in details.

/// A set of versions: `>=1.2 <2 || ^3.1`. https://github.com/npm/node-semver#ranges
struct VersionRange: Sendable {
  /// Longer texts are refused.
  private static let longest = 4_096

  private struct Comparator: Sendable {
    enum Operator { case less, lessOrEqual, greater, greaterOrEqual, equal }

    let kind: Operator
    let version: SemanticVersion

    func accepts(_ other: SemanticVersion) -> Bool {
      let order = other.order(to: version)
      return switch kind {
      case .less: order == .before
      case .lessOrEqual: order != .after
      case .greater: order == .after
      case .greaterOrEqual: order != .before
      case .equal: order == .same
      }
    }
  }

  /// A version of which the end may be missing or `x`.
  private struct Partial {
    var numbers: [Int64] = []
    var prerelease: [SemanticVersion.Identifier] = []

    /// The first version that it stands for.
    var first: SemanticVersion {
      let numbers = numbers + [0, 0, 0]
      return SemanticVersion(.init(major: numbers[0], minor: numbers[1], patch: numbers[2]), prerelease: prerelease)
    }

    /// The first version after all those that agree with it in `count` numbers, and before its own pre-releases.
    func end(after count: Int) -> SemanticVersion? {
      var core = SemanticVersion.Core(major: 0)
      let path = [\SemanticVersion.Core.major, \.minor, \.patch]
      for index in 0..<count { core[keyPath: path[index]] = numbers[index] }
      let (next, overflow) = numbers[count - 1].addingReportingOverflow(1)
      if overflow { return nil }
      core[keyPath: path[count - 1]] = next
      return SemanticVersion(core, prerelease: [.number("0")])
    }
  }

  /// One of these must hold; of each, all.
  private let alternatives: [[Comparator]]

  init(_ text: String) throws(ExpressionError) {
    guard text.utf8.count <= Self.longest else { throw .invalid("the range of versions is too long") }
    var alternatives: [[Comparator]] = []
    for part in Self.alternatives(of: text.utf8[...]) {
      guard let comparators = Self.comparators(part) else {
        throw .invalid("\(Value.string(text)) is not a range of versions like '>=1.2 <2 || ^3.1'")
      }
      alternatives.append(comparators)
    }
    self.alternatives = alternatives
  }

  /// A pre-release is only in a range that names a pre-release of the same three numbers: who writes `^1.2` does not mean
  /// 1.3.0-rc.1.
  func contains(_ version: SemanticVersion) -> Bool {
    alternatives.contains { comparators in
      comparators.allSatisfy { $0.accepts(version) }
        && (version.prerelease.isEmpty
          || comparators.contains { !$0.version.prerelease.isEmpty && $0.version.core == version.core })
    }
  }

  // MARK: Reading

  private static func alternatives(of text: Substring.UTF8View) -> [Substring.UTF8View] {
    let bar = UInt8(ascii: "|")
    var parts: [Substring.UTF8View] = []
    var start = text.startIndex
    var index = start
    while index < text.endIndex {
      let next = text.index(after: index)
      if text[index] == bar && next < text.endIndex && text[next] == bar {
        parts.append(text[start..<index])
        start = text.index(after: next)
        index = start
      } else {
        index = next
      }
    }
    return parts + [text[start...]]
  }

  private static func comparators(_ text: Substring.UTF8View) -> [Comparator]? {
    var words = text.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }[...]
    // Comparators may have spaces after the operator, so that a word may be an operator alone.
    var comparators: [Comparator] = []
    if words.count == 3, words[1].elementsEqual("-".utf8) {
      guard let from = partial(words[0]), let to = partial(words[2]) else { return nil }
      return hyphen(from, to)
    }
    while var word = words.popFirst() {
      let sign = word.prefix { "<>=~^".utf8.contains($0) }
      word.removeFirst(sign.count)
      if word.isEmpty {
        guard !sign.isEmpty, let next = words.popFirst() else { return nil }
        word = next
      }
      guard let partial = Self.partial(word), let some = meaning(of: String(Substring(sign)), partial) else {
        return nil
      }
      comparators += some
    }
    return comparators
  }

  /// `1`, `1.2`, `1.2.x`, `v1.2.3-rc.1+build`, `*`
  private static func partial(_ text: Substring.UTF8View) -> Partial? {
    var rest = text
    if rest.first == UInt8(ascii: "v") { rest.removeFirst() }
    var partial = Partial()
    var count = 0
    var hasWildcard = false
    repeat {
      if count > 0 { rest.removeFirst() }
      count += 1
      if let byte = rest.first, "xX*".utf8.contains(byte) {
        hasWildcard = true
        rest.removeFirst()
      } else {
        guard let number = SemanticVersion.number(&rest) else { return nil }
        if !hasWildcard { partial.numbers.append(number) }
      }
    } while count < 3 && rest.first == UInt8(ascii: ".")
    guard let (prerelease, _) = SemanticVersion.qualifiers(rest), rest.isEmpty || count == 3 else { return nil }
    if partial.numbers.count == 3 { partial.prerelease = prerelease }
    return partial
  }

  // MARK: Meaning

  private static let nothing = [
    Comparator(kind: .less, version: SemanticVersion(.init(major: 0), prerelease: [.number("0")]))
  ]

  private static func from(_ partial: Partial) -> [Comparator] {
    partial.numbers.isEmpty ? [] : [Comparator(kind: .greaterOrEqual, version: partial.first)]
  }

  /// All before what follows the versions that agree in `count` numbers; `nil` when there is no number that large.
  private static func until(_ partial: Partial, _ count: Int) -> [Comparator]? {
    if count == 0 { return [] }
    return partial.end(after: count).map { [Comparator(kind: .less, version: $0)] }
  }

  private static func hyphen(_ from: Partial, _ to: Partial) -> [Comparator]? {
    if to.numbers.count == 3 { return self.from(from) + [Comparator(kind: .lessOrEqual, version: to.first)] }
    return until(to, to.numbers.count).map { self.from(from) + $0 }
  }

  private static func meaning(of sign: String, _ partial: Partial) -> [Comparator]? {
    let count = partial.numbers.count
    switch sign {
    case "", "=":
      if count == 3 { return [Comparator(kind: .equal, version: partial.first)] }
      return until(partial, count).map { from(partial) + $0 }
    case "~", "~>": return until(partial, min(count, 2)).map { from(partial) + $0 }
    case "^":
      // Up to the first number that is not 0, which may not change; with zeros only, up to the last.
      let significant = partial.numbers.firstIndex { $0 != 0 }.map { $0 + 1 } ?? count
      return until(partial, significant).map { from(partial) + $0 }
    case ">=": return from(partial)
    case "<":
      if count == 0 { return nothing }
      if count == 3 { return [Comparator(kind: .less, version: partial.first)] }
      let first = SemanticVersion(partial.first.core, prerelease: [.number("0")])
      return [Comparator(kind: .less, version: first)]
    case ">":
      if count == 0 { return nothing }
      if count == 3 { return [Comparator(kind: .greater, version: partial.first)] }
      return partial.end(after: count).map { [Comparator(kind: .greaterOrEqual, version: SemanticVersion($0.core))] }
    case "<=": return count == 3 ? [Comparator(kind: .lessOrEqual, version: partial.first)] : until(partial, count)
    default: return nil
    }
  }
}
