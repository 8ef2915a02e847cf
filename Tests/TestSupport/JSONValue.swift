internal import Foundation

/// Any JSON value, to look into output with: `value["runs"][0]["results"].count`. What is not there is `.absent`.
package enum JSONValue: Hashable, Sendable {
  case absent
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([String: JSONValue])

  package init(_ bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  package subscript(key: String) -> JSONValue {
    if case .object(let members) = self { members[key] ?? .absent } else { .absent }
  }

  package subscript(index: Int) -> JSONValue {
    if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { .absent }
  }

  /// The elements of an array; none for all else.
  package var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  package var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
  package var text: String? { if case .text(let text) = self { text } else { nil } }
  package var number: Double? { if case .number(let number) = self { number } else { nil } }
  package var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }

  /// This value and all below it, each with the keys and indexes that lead to it.
  package func walk(_ visit: (String, JSONValue) -> Void, path: String = "") {
    visit(path, self)
    for (index, element) in elements.enumerated() { element.walk(visit, path: "\(path)/\(index)") }
    for (key, member) in members { member.walk(visit, path: "\(path)/\(key)") }
  }
}

extension JSONValue: Decodable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let elements = try? container.decode([JSONValue].self) {
      self = .array(elements)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}
