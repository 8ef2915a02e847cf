// Whether one pattern covers another is decided by following the elements of the second through the first. For that a run of
// `*` and `?` is one gap of at least so many characters: `*?`, `?*` are the same. A gap takes any part of the other pattern that
// stands for at least as many characters; what is outside of gaps takes one element each. That this is exact, and not only
// sufficient, a test shows by comparing with the inclusion of the automata.

/// A pattern of AWS IAM: `*` for any characters, also `:` and `/`, `?` for one.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
struct WildcardPattern {
  private enum Element {
    case scalar(Unicode.Scalar)
    /// `?` outside of a gap.
    case one
    /// One of the characters that a gap needs at least.
    case needed
    /// The end of a gap: any more characters.
    case more
  }

  private let elements: [Element]

  init(_ text: String, foldsCase: Bool) {
    var elements: [Element] = []
    var run: (count: Int, isOpen: Bool) = (0, false)
    func close() {
      elements += Array(repeating: run.isOpen ? .needed : .one, count: run.count)
      if run.isOpen { elements.append(.more) }
      run = (0, false)
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "*": run.isOpen = true
      case "?": run.count += 1
      default:
        close()
        elements.append(.scalar(foldsCase ? Self.folded(scalar) : scalar))
      }
    }
    close()
    self.elements = elements
  }

  /// Actions are compared in any case, ARNs as they are written.
  static func isResource(_ text: String) -> Bool { text.hasTextPrefix("arn:") }

  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
  }

  /// Whether each text that `other` stands for is one that this pattern stands for.
  func covers(_ other: WildcardPattern) -> Bool {
    var active = [Bool](repeating: false, count: elements.count + 1)
    active[0] = true
    skip(&active)
    for element in other.elements {
      var next = [Bool](repeating: false, count: active.count)
      for (index, own) in elements.enumerated() where active[index] {
        switch (own, element) {
        case (.needed, .more), (.more, _): next[index] = true
        case (.needed, _), (.one, .scalar), (.one, .one), (.one, .needed): next[index + 1] = true
        case (.scalar(let left), .scalar(let right)): if left == right { next[index + 1] = true }
        case (.one, .more), (.scalar, _): break
        }
      }
      skip(&next)
      active = next
    }
    return active[elements.count]
  }

  /// A gap that has all it needs may end.
  private func skip(_ active: inout [Bool]) {
    for (index, element) in elements.enumerated() where active[index] {
      if case .more = element { active[index + 1] = true }
    }
  }
}
