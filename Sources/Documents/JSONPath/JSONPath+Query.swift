// The syntax tree of a query. Names and strings are UTF-8: RFC 9535, 2.3.1.2 and 2.3.5.2.2 compare scalar values,
// while Swift's String takes canonically equivalent texts for equal.

extension JSONPath {
  struct Query: Sendable {
    /// Whether it starts at `@`, the current node, and not at `$`.
    var isRelative = false
    var segments: [Segment] = []

    /// Whether it selects one node at most (RFC 9535, 2.3.5.1).
    var isSingular: Bool {
      segments.allSatisfy { segment in
        guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
        switch segment.selectors[0] {
        case .name, .index: return true
        case .wildcard, .slice, .filter: return false
        }
      }
    }
  }

  struct Segment: Sendable {
    var isDescendant: Bool
    var selectors: [Selector]
  }

  enum Selector: Sendable {
    case name([UInt8])
    case index(Int)
    case wildcard
    case slice(start: Int?, end: Int?, step: Int)
    case filter(Condition)
  }

  /// What is true or false of a node.
  indirect enum Condition: Sendable {
    case or([Condition])
    case and([Condition])
    case not(Condition)
    case exists(Query)
    case comparison(Value, Comparison, Value)
    case test(RegexTest)
  }

  enum Comparison: Sendable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  }

  /// What gives a value, or none.
  indirect enum Value: Sendable {
    case literal(Literal)
    case singular(Query)
    case length(Value)
    case count(Query)
    /// The function `value()`.
    case only(Query)
  }

  enum Literal: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string([UInt8])
  }

  /// `match()` or `search()`.
  struct RegexTest: Sendable {
    var text: Value
    var pattern: Value
    /// `match()`: the pattern is for the whole text.
    var isWhole: Bool
    /// The test for a pattern that is a literal; `nil` also where that is no pattern.
    var compiled: (@Sendable (String) -> Bool)?
  }
}
