internal import Documents

// A quarter of a million values are looked at in a large log, so a fault holds no more than where it is. The way there in
// words is found when the error is made.

/// Something in a log that has not the type that SARIF gives it.
struct SARIFFault: Error {
  var byteOffset: Int
  var message: String

  init(_ node: Node, _ message: String) {
    byteOffset = node.byteRange.lowerBound
    self.message = message
  }

  /// The keys and indexes that lead to the value: `runs[0].results[1].level`.
  func place(in root: Node) -> String {
    var place = ""
    var node = root
    while node.byteRange.lowerBound < byteOffset {
      if let (index, element) = node.elements?.enumerated().first(where: {
        $0.element.byteRange.upperBound > byteOffset
      }) {
        place += "[\(index)]"
        node = element
      } else if let entry = node.ownEntries?.first(where: { $0.value.byteRange.upperBound > byteOffset }) {
        place += (place.isEmpty ? "" : ".") + (entry.key.text ?? "")
        node = entry.value
      } else {
        break
      }
    }
    return place
  }
}

extension Node {
  /// The members of an object; one that is `null` counts as absent.
  func members() throws(SARIFFault) -> [(key: String, value: Node)] {
    guard let entries = ownEntries else { throw SARIFFault(self, "is not an object") }
    var members: [(key: String, value: Node)] = []
    members.reserveCapacity(entries.count)
    for entry in entries where !entry.value.isJSONNull {
      if let key = entry.key.text { members.append((key, entry.value)) }
    }
    return members
  }

  func list<Element>(_ read: (Node) throws(SARIFFault) -> Element) throws(SARIFFault) -> [Element] {
    guard let elements else { throw SARIFFault(self, "is not an array") }
    var list: [Element] = []
    list.reserveCapacity(elements.count)
    for element in elements {
      if element.isJSONNull { throw SARIFFault(element, "must not be null") }
      list.append(try read(element))
    }
    return list
  }

  func dictionary<Value>(_ read: (Node) throws(SARIFFault) -> Value) throws(SARIFFault) -> [String: Value] {
    var dictionary: [String: Value] = [:]
    for (key, value) in try members() { dictionary[key] = try read(value) }
    return dictionary
  }

  func string() throws(SARIFFault) -> String {
    guard kind == .scalar, !isPlain, let text else { throw SARIFFault(self, "is not a string") }
    return text
  }

  func flag() throws(SARIFFault) -> Bool {
    guard kind == .scalar, isPlain, case .bool(let flag)? = scalar else {
      throw SARIFFault(self, "is not true or false")
    }
    return flag
  }

  /// A number without a fraction, however it is written.
  func integer() throws(SARIFFault) -> Int {
    if kind == .scalar, isPlain {
      switch scalar {
      case .int(let number)?: return Int(number)
      case .double(let number)?: if let whole = Int(exactly: number) { return whole }
      default: break
      }
    }
    throw SARIFFault(self, "is not a whole number that can be a line")
  }

  private var isJSONNull: Bool { kind == .scalar && isPlain && (withText { $0[0] == UInt8(ascii: "n") } ?? false) }
}
