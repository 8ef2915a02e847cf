package import Expressions

/// The way from a value to one of its members: `uses`, `with.token`, `steps[0].run`, `env['MY-NAME']`.
package struct MemberPath: Sendable, Hashable {
  package enum Step: Sendable, Hashable {
    case name(String)
    case index(Int)
  }

  package let steps: [Step]

  /// - Returns: `nil` for a text that is no such path.
  package init?(_ text: String) {
    var steps: [Step] = []
    var rest = text[...]
    var mayBeName = true
    while let first = rest.first {
      if mayBeName, first != "[" {
        let name = rest.prefix { $0 != "." && $0 != "[" }
        guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || "'\"]".contains($0) }) else { return nil }
        steps.append(.name(String(name)))
        rest = rest.dropFirst(name.count)
        mayBeName = false
      } else if first == "[" {
        guard let step = Self.bracket(&rest) else { return nil }
        steps.append(step)
        mayBeName = false
      } else {
        guard first == ".", rest.count > 1 else { return nil }
        rest = rest.dropFirst()
        mayBeName = true
        if rest.first == "[" { return nil }
      }
    }
    guard !steps.isEmpty else { return nil }
    self.steps = steps
  }

  private static func bracket(_ rest: inout Substring) -> Step? {
    rest = rest.dropFirst()
    if let quote = rest.first, quote == "'" || quote == "\"" {
      let name = rest.dropFirst().prefix { $0 != quote }
      rest = rest.dropFirst(name.count + 1)
      guard rest.hasPrefix("\(quote)]") else { return nil }
      rest = rest.dropFirst(2)
      return .name(String(name))
    }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count)
    guard let index = Int(digits), rest.first == "]" else { return nil }
    rest = rest.dropFirst()
    return .index(index)
  }

  /// Where the member stands; where it is absent, the nearest thing on the way that is there.
  ///
  /// - Returns: `nil` when nothing on the way knows its place.
  package func origin(in value: Value) -> Origin? {
    var value = value
    var origin: Origin?
    for step in steps {
      guard let located = value.located else { break }
      let next: Origin?
      let member: Value?
      switch step {
      case .name(let name):
        next = located.origin(of: name)
        member = value.memberForPath(name)
      case .index(let index):
        next = located.origin(at: index)
        member = value.elementForPath(index)
      }
      if let next { origin = next }
      guard let member else { break }
      value = member
    }
    return origin
  }
}

extension MemberPath {
  /// The member itself; `nil` where it is absent.
  package func value(in value: Value) -> Value? {
    var value = value
    for step in steps {
      let member: Value? =
        switch step {
        case .name(let name): value.memberForPath(name)
        case .index(let index): value.elementForPath(index)
        }
      guard let member else { return nil }
      value = member
    }
    return value
  }
}

extension Value {
  fileprivate func memberForPath(_ name: String) -> Value? {
    switch self {
    case .map(let map): map.member(name)
    case .object(let object): object.member(name)
    case .optional(let value): value?.memberForPath(name)
    default: nil
    }
  }

  fileprivate func elementForPath(_ index: Int) -> Value? {
    switch self {
    case .list(let list): index >= 0 && index < list.count ? list.element(at: index) : nil
    case .optional(let value): value?.elementForPath(index)
    default: nil
    }
  }
}
