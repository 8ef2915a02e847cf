internal import Foundation

/// A validator for as much of JSON Schema as our schemas and SARIF's use: the assertions that draft-04 and 2020-12
/// share. A keyword that it does not know is an error, so that no rule is passed over silently.
package struct JSONSchema {
  private let root: JSONValue

  package init(_ root: JSONValue) {
    self.root = root
  }

  /// What is wrong with `value`, each with its place; empty when it is valid.
  package func errors(in value: JSONValue) -> [String] {
    var errors: [String] = []
    check(value, root, "", &errors)
    return errors
  }

  private static let annotations: Set<String> = [
    "$schema", "$id", "id", "$defs", "definitions", "title", "description", "default", "$comment", "examples",
  ]

  private func check(_ value: JSONValue, _ schema: JSONValue, _ path: String, _ errors: inout [String]) {
    for (keyword, rule) in schema.members.sorted(by: { $0.key < $1.key }) {
      func fail(_ message: String) { errors.append("\(path.isEmpty ? "/" : path): \(keyword): \(message)") }
      switch keyword {
      case "$ref": check(value, resolve(rule.text ?? ""), path, &errors)
      case "type": if !hasType(value, rule) { fail("\(value) is not \(rule)") }
      case "enum": if !rule.elements.contains(value) { fail("\(value) is none of \(rule)") }
      case "const": if rule != value { fail("\(value) is not \(rule)") }
      case "required":
        for key in rule.elements.compactMap(\.text) where !value.members.isEmpty || isObject(value) {
          if value.members[key] == nil { fail("\(key) is missing") }
        }
      case "properties":
        for (key, member) in value.members where rule.members[key] != nil {
          check(member, rule[key], "\(path)/\(key)", &errors)
        }
      case "additionalProperties":
        let known = schema["properties"].members
        for (key, member) in value.members where known[key] == nil {
          if rule.flag == false {
            fail("\(key) is not allowed")
          } else {
            check(member, rule, "\(path)/\(key)", &errors)
          }
        }
      case "items":
        for (index, element) in value.elements.enumerated() { check(element, rule, "\(path)/\(index)", &errors) }
      case "minItems":
        if case .array(let elements) = value, Double(elements.count) < rule.number ?? 0 { fail("too few") }
      case "uniqueItems":
        if rule.flag == true, Set(value.elements).count != value.elements.count { fail("not unique") }
      case "minimum": if let number = value.number, number < rule.number ?? 0 { fail("\(number) is too small") }
      case "maximum": if let number = value.number, number > rule.number ?? 0 { fail("\(number) is too large") }
      case "maxItems":
        if case .array(let elements) = value, Double(elements.count) > rule.number ?? 0 { fail("too many") }
      case "contains":
        let least = schema["minContains"].number ?? 1
        let count = value.elements.count { matching($0, .array([rule])) == 1 }
        if case .array = value, Double(count) < least { fail("\(count) match, not \(least)") }
      case "minContains": break
      case "propertyNames":
        for key in value.members.keys { check(.text(key), rule, "\(path)/\(key)", &errors) }
      case "if":
        let branch = matching(value, .array([rule])) == 1 ? "then" : "else"
        if schema[branch] != .absent { check(value, schema[branch], path, &errors) }
      case "then", "else": break
      case "allOf": for part in rule.elements { check(value, part, path, &errors) }
      case "not": if matching(value, .array([rule])) == 1 { fail("it holds") }
      case "maxLength": if let text = value.text, Double(text.count) > rule.number ?? 0 { fail("too long") }
      case "minLength": if let text = value.text, Double(text.count) < rule.number ?? 0 { fail("too short") }
      case "pattern": if let text = value.text, !matches(text, rule.text ?? "") { fail("\(text) does not match") }
      case "format": if let text = value.text, !hasFormat(text, rule.text ?? "") { fail("\(text) is no \(rule)") }
      case "anyOf": if matching(value, rule) == 0 { fail("none holds") }
      case "oneOf": if matching(value, rule) != 1 { fail("\(matching(value, rule)) hold") }
      default: if !Self.annotations.contains(keyword) { fail("this validator does not know the keyword") }
      }
    }
  }

  private func matching(_ value: JSONValue, _ schemas: JSONValue) -> Int {
    schemas.elements.count { schema in
      var errors: [String] = []
      check(value, schema, "", &errors)
      return errors.isEmpty
    }
  }

  private func resolve(_ reference: String) -> JSONValue {
    reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] }
  }

  private func isObject(_ value: JSONValue) -> Bool {
    if case .object = value { true } else { false }
  }

  private func hasType(_ value: JSONValue, _ type: JSONValue) -> Bool {
    let types = type.text.map { [$0] } ?? type.elements.compactMap(\.text)
    return types.contains { type in
      switch (type, value) {
      case ("object", .object), ("array", .array), ("string", .text), ("number", .number), ("boolean", .flag),
        ("null", .null):
        true
      case ("integer", .number(let number)): number == number.rounded()
      default: false
      }
    }
  }

  private func matches(_ text: String, _ pattern: String) -> Bool {
    text.range(of: pattern, options: .regularExpression) != nil
  }

  private func hasFormat(_ text: String, _ format: String) -> Bool {
    let allowed = #"^([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$"#
    switch format {
    case "uri": return matches(text, allowed) && matches(text, "^[A-Za-z][A-Za-z0-9+.-]*:")
    case "uri-reference": return matches(text, allowed)
    case "date-time": return matches(text, #"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"#)
    default: return false
    }
  }
}
