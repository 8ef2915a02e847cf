// CEL compares and counts text by code point (langdef, "String and Bytes Values"), Swift by what looks the same. Equal
// code points are equal UTF-8, and UTF-8 sorts as code points do, so everything here works on the bytes.

extension String {
  /// Whether both are the same code points. Swift's `==` also calls "é" and "e\u{301}" equal.
  package func isSameText(as other: String) -> Bool {
    guard self == other else { return false }
    if utf8Span.isKnownASCII && other.utf8Span.isKnownASCII { return true }
    return utf8.elementsEqual(other.utf8)
  }

  /// Whether it stands before the other in order of code points.
  func isOrderedBefore(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }

  func hasTextPrefix(_ prefix: String) -> Bool {
    let span = utf8Span.span
    let wanted = prefix.utf8Span.span
    guard wanted.count <= span.count else { return false }
    return span.holds(wanted, at: 0)
  }

  func hasTextSuffix(_ suffix: String) -> Bool {
    let span = utf8Span.span
    let wanted = suffix.utf8Span.span
    guard wanted.count <= span.count else { return false }
    return span.holds(wanted, at: span.count - wanted.count)
  }

  func containsText(_ other: String) -> Bool {
    utf8Span.span.firstOffset(of: other.utf8Span.span, from: 0) != nil
  }

  /// The number of code points: what `size()` counts.
  var scalarCount: Int {
    utf8Span.isKnownASCII ? utf8.count : unicodeScalars.count
  }
}

extension Span<UInt8> {
  /// - Precondition: `offset + wanted.count <= count`.
  func holds(_ wanted: Span<UInt8>, at offset: Int) -> Bool {
    var index = 0
    while index < wanted.count {
      if self[offset + index] != wanted[index] { return false }
      index += 1
    }
    return true
  }

  func firstOffset(of wanted: Span<UInt8>, from start: Int) -> Int? {
    guard wanted.count <= count, start <= count - wanted.count else { return nil }
    guard wanted.count > 0 else { return start }
    let first = wanted[0]
    var offset = start
    let last = count - wanted.count
    while offset <= last {
      if self[offset] == first && holds(wanted, at: offset) { return offset }
      offset += 1
    }
    return nil
  }
}
