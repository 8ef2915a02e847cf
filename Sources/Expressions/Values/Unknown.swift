/// What an unknown value depends on: the names of the attributes that nobody knows.
///
/// The names are for people ("depends on var.region"); that two unknowns have equal names does not make them equal.
/// https://github.com/google/cel-spec/blob/master/proto/cel/expr/eval.proto
package struct Unknown: Sendable, Hashable {
  /// Sorted, without duplicates.
  package let names: [String]

  package init(_ names: String...) { self.names = Set(names).sorted() }

  package init(_ names: [String]) { self.names = Set(names).sorted() }

  private init(sorted: [String]) { names = sorted }

  func merged(with other: Unknown) -> Unknown {
    names == other.names ? self : Unknown(sorted: Set(names).union(other.names).sorted())
  }
}

extension Unknown? {
  func merged(with other: Unknown) -> Unknown {
    self?.merged(with: other) ?? other
  }
}
