internal import Expressions
internal import Findings
internal import Scanning

// `Value.description` cuts long texts, and a part of a credential is not masked. So here texts are masked first.

/// Values of expressions in one line, for people, without credentials.
struct ValueText {
  /// In characters.
  static let longest = 160
  private static let maxElements = 8

  let masks: CredentialMask

  /// A value as an expression would name it: texts in quotes, of maps the names alone.
  func shown(_ value: Value) -> String {
    switch value {
    case .string(let text): return Self.quoted(short(text))
    case .unknown(let unknown): return "unknown (depends on \(unknown.names.map(plain).joined(separator: ", ")))"
    case .optional(let value): return value.map { "optional.of(\(shown($0)))" } ?? "optional.none()"
    case .bytes(let bytes): return "bytes of length \(bytes.count)"
    case .object(let object):
      return object.text.map { "\(object.type.name) \(Self.quoted(short($0)))" } ?? object.type.name
    case .list(let list):
      var parts: [String] = []
      for index in 0..<min(list.count, Self.maxElements) {
        parts.append(inner(list.element(at: index)))
      }
      if list.count > parts.count { parts.append("… \(list.count) in all") }
      return "[\(parts.joined(separator: ", "))]"
    case .map(let map):
      var names: [String] = []
      for index in 0..<min(map.count, Self.maxElements) { names.append(inner(map.key(at: index))) }
      if map.count > names.count { names.append("… \(map.count) in all") }
      return "{\(names.map { "\($0): …" }.joined(separator: ", "))}"
    default: return plain(value.description)
    }
  }

  /// An element of a list: nothing within it is shown.
  private func inner(_ value: Value) -> String {
    switch value {
    case .list(let list): "[\(list.count) elements]"
    case .map(let map): "{\(map.count) members}"
    case .optional: "optional"
    default: shown(value)
    }
  }

  /// A text, credentials masked, its first line alone, and not too much of that.
  func short(_ text: String, at place: Range<Int>? = nil, of path: SourcePath? = nil) -> String {
    let masked = masks.masked(text, at: place, of: path)
    let lines = masked.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var shown = Self.cut(String(lines.first ?? ""))
    let count = lines.last?.isEmpty == true ? lines.count - 1 : lines.count
    if count > 1 { shown += " … (\(count) lines)" }
    return shown
  }

  /// A text on one line, credentials masked.
  func plain(_ text: String) -> String { Self.visible(Self.cut(masks.masked(text))) }

  private static func cut(_ text: String) -> String {
    let start = text.prefix(longest)
    return start.endIndex == text.endIndex ? text : start + "…"
  }

  static func quoted(_ text: String) -> String { "\"\(visible(text, escaping: true))\"" }

  /// Nothing that moves a cursor or hides a character.
  static func visible(_ text: String, escaping: Bool = false) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\t" && escaping: shown += "\\t"
      case .control where scalar == "\n" && escaping: shown += "\\n"
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default:
        if escaping, scalar == "\"" || scalar == "\\" { shown += "\\" }
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
