import Foundation
import TestSupport
import Testing

@testable import Documents

@Suite("JSONReader on random input")
struct JSONRandomTests {
  @Test("agrees with Foundation on what is JSON and what it says")
  func agreement() throws {
    var generator = SeededGenerator(seed: 8)
    var valid = 0
    for _ in 0..<3_000 {
      var text = value(&generator, depth: 0).bytes
      let isMutated = generator.once(in: 2)
      if isMutated {
        let index = generator.below(text.count)
        switch generator.below(3) {
        case 0: text.remove(at: index)
        case 1: text[index] = generator.pick("[]{}\",:0-.eE\\u n\t".bytes)
        default: text.insert(generator.pick("[]{}\",:0-.eE\\u n\t".bytes), at: index)
        }
      }
      let document = try? JSONReader.read(text)
      let other = try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
      let shown = String(decoding: text, as: UTF8.self)
      // Foundation takes a comma after the last element.
      let isJSONC = (try? JSONReader.read(text, dialect: .jsonc)) != nil
      #expect(document != nil || other == nil || isJSONC, "\(shown)")
      if !isMutated { #expect(document != nil, "\(shown)") }
      guard let root = document?.root, let other else { continue }
      valid += 1
      #expect(Self.isEqual(root, other), "\(shown)")
    }
    #expect(valid > 1_000)
  }

  private func value(_ generator: inout SeededGenerator, depth: Int) -> String {
    let space = generator.pick(["", "", " ", "\n  "])
    let parts = generator.below(4)
    switch generator.below(depth > 4 ? 5 : 8) {
    case 0: return space + generator.pick(["true", "false", "null"])
    case 1: return space + "\(Int(generator.next() % 100_000) - 50_000)"
    case 2: return space + generator.pick(["0", "-0", "1.5", "-2e3", "1E-2", "0.25e+1"])
    case 3, 4: return space + string(&generator)
    case 5:
      return "[" + (0..<parts).map { _ in value(&generator, depth: depth + 1) }.joined(separator: ",") + space + "]"
    default:
      let entries = (0..<parts).map { "\(space)\"k\($0)\"\(space):" + value(&generator, depth: depth + 1) }
      return space + "{" + entries.joined(separator: ",") + "}"
    }
  }

  private func string(_ generator: inout SeededGenerator) -> String {
    let parts = (0..<generator.below(8)).map { _ in
      generator.pick(["abc", "é", "😀", "\\n", "\\u0041", "\\\"", "a long piece of plain text", "\\ud83d\\ude00", " "])
    }
    return "\"" + parts.joined() + "\""
  }

  private static func isEqual(_ node: Node, _ other: Any) -> Bool {
    switch node.kind {
    case .sequence:
      guard let elements = node.elements, let others = other as? [Any], elements.count == others.count else {
        return false
      }
      return zip(elements, others).allSatisfy(isEqual)
    case .mapping:
      guard let others = other as? [String: Any] else { return false }
      return others.allSatisfy { name, other in node[name].map { isEqual($0, other) } ?? false }
    case .scalar:
      switch node.scalar {
      case .null?: return other is NSNull
      case .bool(let value)?: return (other as? NSNumber)?.boolValue == value
      case .int(let value)?: return (other as? NSNumber)?.int64Value == value
      case .double(let value)?: return (other as? NSNumber)?.doubleValue == value
      case .string(let value)?: return other as? String == value
      case nil: return false
      }
    }
  }
}
