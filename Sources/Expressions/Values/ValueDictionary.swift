/// The entries of a map in memory, in the order in which they were added.
///
/// Small maps are searched in order, because hashing a text costs more than comparing a few.
package struct ValueDictionary: Sendable {
  private static let largestUnindexed = 8

  /// As they were written: `1u` stays a `uint`.
  private(set) var keys: [Value] = []
  private var lookupKeys: [MapKey] = []
  private var values: [Value] = []
  private var index: [MapKey: Int] = [:]

  package init() {}

  package var count: Int { keys.count }

  package func value(for key: MapKey) -> Value? {
    position(of: key).map { values[$0] }
  }

  /// Adds an entry unless the key is there already.
  ///
  /// - Returns: Whether it was added.
  package mutating func insert(_ key: MapKey, writtenAs written: Value? = nil, _ value: Value) -> Bool {
    guard position(of: key) == nil else { return false }
    append(key, writtenAs: written ?? key.value, value)
    return true
  }

  /// Adds an entry or replaces the value under the key.
  package mutating func set(_ key: MapKey, to value: Value) {
    if let position = position(of: key) {
      values[position] = value
    } else {
      append(key, writtenAs: key.value, value)
    }
  }

  private mutating func append(_ key: MapKey, writtenAs written: Value, _ value: Value) {
    keys.append(written)
    lookupKeys.append(key)
    values.append(value)
    if keys.count == Self.largestUnindexed + 1 {
      for (position, key) in lookupKeys.enumerated() { index[key] = position }
    } else if keys.count > Self.largestUnindexed {
      index[key] = keys.count - 1
    }
  }

  private func position(of key: MapKey) -> Int? {
    keys.count > Self.largestUnindexed ? index[key] : lookupKeys.firstIndex(of: key)
  }
}
