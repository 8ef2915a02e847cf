internal import Documents
internal import Expressions
internal import Findings

/// Reads the keys of one mapping of a policy and collects what is wrong with them. Rule packs have a reader of their own,
/// on a floor that a gate does not need.
struct SettingReader {
  let node: Node
  let complaints: PolicyComplaints
  private let subject: String
  private let values: [(name: String, key: Node, value: Node)]

  /// - Parameters:
  ///   - subject: what the mapping describes, for messages.
  ///   - keys: the keys that it may have, `nil`: any; others are errors, and so are doubles.
  /// - Returns: `nil` when `node` is no mapping.
  init?(_ node: Node, of subject: String, keys: [String]?, _ complaints: PolicyComplaints) {
    guard let entries = node.entries else {
      let hint = keys.map { " of \($0.joined(separator: ", "))" } ?? ""
      complaints.add("\(subject) is a mapping\(hint)", at: node.position)
      return nil
    }
    var values: [(name: String, key: Node, value: Node)] = []
    for (key, value) in entries {
      let name = key.text ?? ""
      if let keys, !keys.contains(name) {
        let hint = Self.nearest(to: name, in: keys).map { "; did you mean \($0)?" } ?? ""
        complaints.add("unknown key \(Self.shown(name)) in \(subject)\(hint)", at: key.position)
      } else if values.contains(where: { $0.name == name }) {
        complaints.add("key \(name) is written twice in \(subject)", at: key.position)
      } else {
        values.append((name, key, value))
      }
    }
    self.node = node
    self.values = values
    self.subject = subject
    self.complaints = complaints
  }

  var position: Position { node.position }

  /// The names in the order of the file, with the places of the keys.
  var entries: [(name: String, key: Node, value: Node)] { values }

  func has(_ key: String) -> Bool { self[key] != nil }

  subscript(key: String) -> Node? { values.first { $0.name == key }?.value }

  func complain(_ message: String, at key: String) {
    complaints.add(message, at: self[key]?.position ?? position)
  }

  // MARK: Scalars

  /// A text that is not empty; `nil` when the key is absent or was complained about.
  func text(_ key: String, isRequired: Bool = false) -> String? {
    guard let value = self[key] else {
      if isRequired { complaints.add("\(subject) has no \(key)", at: position) }
      return nil
    }
    guard let text = Self.trimmed(value.text) else {
      complain("\(key) is a text", at: key)
      return nil
    }
    return text
  }

  func flag(_ key: String) -> Bool? {
    guard let value = self[key] else { return nil }
    guard let flag = value.bool else {
      complain("\(key) is true or false", at: key)
      return nil
    }
    return flag
  }

  /// A whole number from 0 on.
  func count(_ key: String, isRequired: Bool = false) -> Int? {
    guard let value = self[key] else {
      if isRequired { complaints.add("\(subject) has no \(key)", at: position) }
      return nil
    }
    guard case .int(let number)? = value.scalar, (0...1_000_000_000).contains(number) else {
      complain("\(key) is a whole number from 0 on", at: key)
      return nil
    }
    return Int(number)
  }

  func day(_ key: String, isRequired: Bool = false) -> Day? {
    guard let text = text(key, isRequired: isRequired) else { return nil }
    guard let day = Day(text) else {
      complain("\(key) is a day such as 2027-03-31, not \(Self.shown(text))", at: key)
      return nil
    }
    return day
  }

  /// Lower-case letters, digits and single dashes; dots and underscores too.
  func identifier(_ key: String, isRequired: Bool = true) -> String? {
    guard let text = text(key, isRequired: isRequired) else { return nil }
    let isPlain = text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
    }
    guard isPlain, text.utf8.count <= 100, text.utf8.first != 0x2D else {
      complain("\(key) is written in lower case with dashes, such as block-new-credentials", at: key)
      return nil
    }
    return text
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, as type: Choice.Type, isRequired: Bool = false
  ) -> Choice? where Choice.RawValue == String {
    guard let text = text(key, isRequired: isRequired) else { return nil }
    return choice(text, as: type, key: key, at: self[key]?.position ?? position)
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String, as type: Choice.Type, key: String, at position: Position
  ) -> Choice? where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map(\.rawValue)
      let hint = Self.nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
      complaints.add("\(key) is one of \(words.joined(separator: ", ")), not \(Self.shown(text))\(hint)", at: position)
      return nil
    }
    return choice
  }

  // MARK: Lists

  /// The elements of a sequence, or one value for a list of one; none when the key is absent.
  func list(_ key: String, allowsOne: Bool = false) -> [Node] {
    guard let value = self[key] else { return [] }
    if let elements = value.elements {
      if elements.isEmpty { complain("\(key) is empty; leave the key out instead", at: key) }
      return elements
    }
    if allowsOne, value.kind == .scalar { return [value] }
    complain("\(key) is a list", at: key)
    return []
  }

  /// The texts of a list, or the one text, with their places.
  func texts(_ key: String) -> [(text: String, position: Position)] {
    list(key, allowsOne: true).compactMap { element in
      guard let text = Self.trimmed(element.text) else {
        complaints.add("\(key) is a text or a list of texts", at: element.position)
        return nil
      }
      return (text, element.position)
    }
  }

  func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
    _ key: String, as type: Choice.Type
  ) -> Set<Choice>? where Choice.RawValue == String {
    guard has(key) else { return nil }
    return Set(texts(key).compactMap { choice($0.text, as: type, key: key, at: $0.position) })
  }

  /// The mapping under a key.
  func mapping(_ key: String, keys: [String]?) -> SettingReader? {
    self[key].flatMap { SettingReader($0, of: key, keys: keys, complaints) }
  }

  // MARK: Words

  private static func trimmed(_ text: String?) -> String? {
    guard var text else { return nil }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text.isEmpty ? nil : text
  }

  static func shown(_ name: String) -> String { name.isEmpty ? "(not a text)" : "\"\(name)\"" }

  /// The word that differs from `name` by at most two edits, and by fewer than would write it anew.
  static func nearest(to name: String, in words: [String]) -> String? {
    let scalars = Array(name.unicodeScalars)
    let ranked = words.map { (word: $0, distance: EditDistance.between(scalars, Array($0.unicodeScalars))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= 2, best.distance < scalars.count
    else { return nil }
    return best.word
  }
}
