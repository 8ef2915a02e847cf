/// The place of a node below the root of a query (RFC 9535, 2.7).
package struct NormalizedPath: Hashable, Sendable, CustomStringConvertible {
  package enum Step: Hashable, Sendable {
    case name(String)
    case index(Int)
  }

  /// The way from the root to the node.
  ///
  /// It is put together only here: a hostile file can have 10,000 nodes that are 5,000 steps deep each.
  package var steps: [Step] {
    var steps: [Step] = []
    var place = trail.places[place]
    while place.parent >= 0 {
      steps.append(
        place.isName ? .name(Node(document: trail.document, index: place.step).text ?? "") : .index(place.step))
      place = trail.places[place.parent]
    }
    return steps.reversed()
  }

  private let trail: Trail
  private let place: Int

  init(trail: Trail, place: Int) {
    self.trail = trail
    self.place = place
  }

  package static func == (left: NormalizedPath, right: NormalizedPath) -> Bool { left.steps == right.steps }

  package func hash(into hasher: inout Hasher) { hasher.combine(steps) }

  /// All the ways that a query went, as a tree that knows its parents.
  final class Trail: Sendable {
    /// How a node is reached from another.
    struct Place: Sendable {
      var parent: Int
      /// The record of a key, or an index.
      var step: Int
      var isName: Bool
    }

    let document: Document
    let places: [Place]

    init(document: Document, places: [Place]) {
      self.document = document
      self.places = places
    }
  }

  /// The path as a query that selects this node alone, such as `$['jobs']['build'][0]`.
  package var description: String {
    var text = "$"
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .name(let name):
        text += "['"
        for scalar in name.unicodeScalars { text += Self.escaped(scalar) }
        text += "']"
      }
    }
    return text
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "'": return "\\'"
    case "\\": return "\\\\"
    case "\u{8}": return "\\b"
    case "\t": return "\\t"
    case "\n": return "\\n"
    case "\u{C}": return "\\f"
    case "\r": return "\\r"
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: return String(scalar)
    }
  }
}
