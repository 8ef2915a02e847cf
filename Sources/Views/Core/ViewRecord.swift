package import Expressions
internal import Synchronization

// A record holds what it was made from strongly, and so a child may hold its parent; a parent must make its children anew
// when it is asked (`Content.computedAgain`), or the two would keep each other alive.

/// One element of a view: a map whose members are known by name, each with its place, computed when first asked for.
package final class ViewRecord: MapProvider, Located {
  /// What a member is.
  package enum Content: Sendable {
    case value(Value)
    /// Computed once.
    case computed(@Sendable () -> Value)
    /// Computed at each question: for members that hold this record.
    case computedAgain(@Sendable () -> Value)
  }

  /// A member. What is absent has none: `has(self.name)` is about that.
  package struct Field: Sendable {
    package let name: String
    package let origin: Origin?
    package let content: Content

    package init(_ name: String, _ value: Value, at origin: Origin? = nil) {
      self.name = name
      self.origin = origin
      content = .value(value)
    }

    package init(_ name: String, at origin: Origin? = nil, computed value: @escaping @Sendable () -> Value) {
      self.name = name
      self.origin = origin
      content = .computed(value)
    }

    private init(_ name: String, _ content: Content, at origin: Origin?) {
      self.name = name
      self.origin = origin
      self.content = content
    }

    /// A member that holds this record.
    package static func computedAgain(
      _ name: String, at origin: Origin? = nil, _ value: @escaping @Sendable () -> Value
    ) -> Field {
      Field(name, .computedAgain(value), at: origin)
    }
  }

  package let fields: [Field]
  /// Apart from the fields, so that looking for one copies none of them.
  private let names: [String]
  /// What stands for every member that is not there, where it could be there for all that can be known: an element that
  /// takes over from a file that nobody has. `nil` where such a member is absent.
  package let others: Unknown?
  private let computed: Mutex<[Value?]>
  /// Where the members are; empty for a few, which are found faster without it.
  private let positions: [String: Int]

  /// - Parameter fields: of those with the same name the first counts.
  package init(_ fields: [Field], others: Unknown? = nil) {
    self.fields = fields
    names = fields.map(\.name)
    self.others = others
    computed = Mutex(Array(repeating: nil, count: fields.count))
    positions =
      fields.count <= Self.largestUnindexed
      ? [:] : Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package var count: Int { fields.count }

  package func key(at index: Int) -> Value { .string(fields[index].name) }

  package func value(for key: MapKey) -> Value? {
    guard case .string(let name) = key else { return nil }
    return member(name)
  }

  package func member(_ name: String) -> Value? {
    guard let index = position(of: name) else { return others.map(Value.unknown) }
    switch fields[index].content {
    case .value(let value): return value
    case .computedAgain(let make): return make()
    case .computed(let make):
      if let value = computed.withLock({ $0[index] }) { return value }
      // Outside of the lock: it may ask for other members of this record.
      let value = make()
      computed.withLock { $0[index] = value }
      return value
    }
  }

  package func origin(of member: String) -> Origin? { position(of: member).flatMap { fields[$0].origin } }

  private static let largestUnindexed = 32

  private func position(of name: String) -> Int? {
    fields.count <= Self.largestUnindexed ? names.firstIndex(of: name) : positions[name]
  }
}

/// A list in memory whose elements know where they stand.
package final class LocatedList: ListProvider, Located {
  private let elements: [(value: Value, origin: Origin?)]

  package init(_ elements: [(value: Value, origin: Origin?)]) {
    self.elements = elements
  }

  package var count: Int { elements.count }
  package func element(at index: Int) -> Value { elements[index].value }

  package func origin(at index: Int) -> Origin? {
    elements.indices.contains(index) ? elements[index].origin : nil
  }
}
