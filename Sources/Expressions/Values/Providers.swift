// Typed views over documents are values without being copied: they implement these protocols and answer when asked.
// Classes only, so that a `Value` stays small; a view that is a struct is wrapped once, when it becomes a value.

/// A list whose elements are made when they are asked for.
package protocol ListProvider: AnyObject, Sendable {
  var count: Int { get }
  /// - Precondition: `0 <= index && index < count`. May be `.unknown`.
  func element(at index: Int) -> Value
}

/// A map whose values are made when they are asked for. The order of `key(at:)` is the order that macros visit.
package protocol MapProvider: AnyObject, Sendable {
  var count: Int { get }
  /// - Precondition: `0 <= index && index < count`. A bool, int, uint or string.
  func key(at index: Int) -> Value
  /// The value under a key; `nil` when the map does not have it. May be `.unknown`.
  func value(for key: MapKey) -> Value?
  /// The same for a text key, which is what `self.name` and `has(self.name)` ask for.
  func member(_ name: String) -> Value?
}

extension MapProvider {
  package func member(_ name: String) -> Value? { value(for: .string(name)) }
}

/// A value with a type of its own.
///
/// An object is equal to another only as `isEqual(to:)` says; it has no order, so that a module that needs one brings
/// functions for it.
package protocol ValueObject: AnyObject, Sendable {
  var type: ValueType { get }
  /// What `string(x)` and `%s` give; `nil` when there is no such text.
  var text: String? { get }
  /// A field; `nil` when it is absent, which `has(x.name)` tells from present.
  func member(_ name: String) -> Value?
  func isEqual(to other: any ValueObject) -> Bool
}

extension ValueObject {
  package var text: String? { nil }
  package func member(_ name: String) -> Value? { nil }
  package func isEqual(to other: any ValueObject) -> Bool { self === other }
}

/// A list in memory.
package final class ValueArray: ListProvider {
  package let elements: [Value]

  package init(_ elements: [Value]) { self.elements = elements }

  package var count: Int { elements.count }
  package func element(at index: Int) -> Value { elements[index] }
}

/// A map in memory.
package final class ValueTable: MapProvider {
  let entries: ValueDictionary

  package init(_ entries: ValueDictionary) { self.entries = entries }

  package var count: Int { entries.count }
  package func key(at index: Int) -> Value { entries.keys[index] }
  package func value(for key: MapKey) -> Value? { entries.value(for: key) }
}
