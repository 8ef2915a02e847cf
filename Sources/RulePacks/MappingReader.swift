internal import Documents
internal import Expressions
internal import Findings

/// Reads the keys of a YAML mapping one by one and collects what is wrong with them.
struct MappingReader {
  let position: Position
  // A list, not a dictionary: a mapping has twenty keys at most, and hashing them was a tenth of a start.
  private let values: [(name: String, key: Node, value: Node)]
  private let subject: String
  private let diagnostics: DiagnosticCollector

  /// - Parameters:
  ///   - subject: what the mapping describes, for messages.
  ///   - keys: the keys that it may have; others are errors, and so are doubles.
  /// - Returns: `nil` when `node` is no mapping.
  init?(_ node: Node, of subject: String, keys: [String], diagnostics: DiagnosticCollector) {
    guard let entries = node.entries else {
      diagnostics.add("a \(subject) is a mapping of \(keys.joined(separator: ", "))", at: node.position)
      return nil
    }
    var values: [(name: String, key: Node, value: Node)] = []
    values.reserveCapacity(entries.count)
    for (key, value) in entries {
      let name = key.text ?? ""
      if !keys.contains(name) {
        let hint = Self.nearest(to: name, in: keys).map { "; did you mean \($0)?" } ?? ""
        diagnostics.add("unknown key \(Self.shown(name)) in \(subject)\(hint)", at: key.position)
      } else if values.contains(where: { $0.name == name }) {
        diagnostics.add("key \(name) is written twice in this \(subject)", at: key.position)
      } else {
        values.append((name, key, value))
      }
    }
    position = node.position
    self.values = values
    self.subject = subject
    self.diagnostics = diagnostics
  }

  func node(_ key: String) -> Node? { values.first { $0.name == key }?.value }

  /// The position of a key's value, or of the mapping when the key is absent.
  func position(of key: String) -> Position { node(key)?.position ?? position }

  func complain(_ message: String, at key: String) { diagnostics.add(message, at: position(of: key)) }

  /// The text of a key that must be there.
  func text(_ key: String) -> String? {
    guard node(key) != nil else {
      diagnostics.add("the \(subject) has no \(key)", at: position)
      return nil
    }
    return optionalText(key)
  }

  func optionalText(_ key: String) -> String? {
    guard let value = node(key) else { return nil }
    guard value.kind == .scalar, var text = value.text else {
      complain("\(key) is a text", at: key)
      return nil
    }
    while text.last?.isWhitespace == true { text.removeLast() }
    guard !text.isEmpty else {
      complain("\(key) is empty", at: key)
      return nil
    }
    return text
  }

  /// A text of lower-case letters, digits and single dashes.
  func identifier(_ key: String) -> String? {
    guard let text = text(key) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isKebabCase = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }
    guard isKebabCase else {
      complain("\(key) is written in lower case with dashes, such as github-token", at: key)
      return nil
    }
    return text
  }

  /// One of the words of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, as type: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    return choice(named: text, as: type, at: position(of: key), key: key)
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    named text: String, as type: Choice.Type, at position: Position, key: String
  ) -> Choice? where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map(\.rawValue)
      let hint = Self.nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
      diagnostics.add("\(key) is one of \(words.joined(separator: ", ")), not \(Self.shown(text))\(hint)", at: position)
      return nil
    }
    return choice
  }

  /// The elements of a sequence; none when the key is absent.
  func list(_ key: String, isRequired: Bool = false) -> [Node] {
    guard let value = node(key) else {
      if isRequired { diagnostics.add("the \(subject) has no \(key)", at: position) }
      return []
    }
    guard let elements = value.elements else {
      complain("\(key) is a list", at: key)
      return []
    }
    if isRequired, elements.isEmpty { complain("\(key) is empty", at: key) }
    return elements
  }

  func texts(_ key: String, isRequired: Bool = false) -> [String] {
    list(key, isRequired: isRequired).compactMap { element in
      guard element.kind == .scalar, let text = element.text, !text.isEmpty else {
        diagnostics.add("\(key) is a list of texts", at: element.position)
        return nil
      }
      return text
    }
  }

  private static func shown(_ name: String) -> String { name.isEmpty ? "(not a text)" : "\"\(name)\"" }

  /// The key that differs from `name` by at most two edits, and by fewer than would write it anew.
  static func nearest(to name: String, in keys: [String]) -> String? {
    let scalars = Array(name.unicodeScalars)
    let ranked = keys.map { (key: $0, distance: EditDistance.between(scalars, Array($0.unicodeScalars))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= 2, best.distance < scalars.count
    else { return nil }
    return best.key
  }
}
