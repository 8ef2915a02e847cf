import Expressions
import Foundation
import TestSupport
import Testing

/// The specification's own cases, in the form that `../shared/conformance/README.md` describes.
struct ConformanceTests {
  private static let cases = "conformance/cel.jsonl"
  private static let knownFailures = "Tests/ExpressionsTests/known-failures.txt"

  @Test(.enabled(if: Repository.shared(Self.cases) != nil, "needs ../shared/conformance"))
  func `the specification's cases pass, but for those listed with a reason`() throws {
    let known = Set(
      String(decoding: try #require(Repository.bytes(Self.knownFailures)), as: UTF8.self)
        .split(separator: "\n").filter { !$0.hasPrefix("#") }
        .compactMap { $0.split(separator: "\t").first.map(String.init) })
    var counts: [String: (passed: Int, all: Int)] = [:]
    var seen: [String: Int] = [:]
    var failed: Set<String> = []
    for line in try #require(Repository.shared(Self.cases)).split(separator: UInt8(ascii: "\n")) {
      let item = try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
      var name = ["file", "section", "name"].map { item[$0] as? String ?? "" }.joined(separator: "/")
      // Some names are there twice in one section.
      seen[name, default: 0] += 1
      if let count = seen[name], count > 1 { name += "#\(count)" }
      let file = item["file"] as? String ?? ""
      counts[file, default: (0, 0)].all += 1
      let problem = run(item)
      if problem == nil { counts[file, default: (0, 0)].passed += 1 } else { failed.insert(name) }
      if let problem, !known.contains(name) {
        Issue.record("\(name): \(item["expr"] ?? ""): \(problem)")
      } else if problem == nil && known.contains(name) {
        Issue.record("\(name) passes: take it out of \(Self.knownFailures)")
      }
    }
    let stale = known.subtracting(seen.keys)
    #expect(stale.isEmpty, "not a case, in \(Self.knownFailures)")
    let passed = counts.values.reduce(0) { $0 + $1.passed }
    let all = counts.values.reduce(0) { $0 + $1.all }
    for (file, count) in counts.sorted(by: { $0.key < $1.key }) { print("\(file)\t\(count.passed)/\(count.all)") }
    print("all\t\(passed)/\(all)")
    #expect(Double(passed) >= 0.98 * Double(all))
  }

  /// What is wrong with the result; `nil` when it is as expected.
  private func run(_ item: [String: Any]) -> String? {
    let bindings = (item["bindings"] as? [String: Any] ?? [:]).sorted { $0.key < $1.key }
    let environment = Environment(
      variables: bindings.map(\.key), functions: .tested, container: item["container"] as? String ?? "",
      checking: item["disable_check"] as? Bool == true ? .deferred : .strict)
    var result: Result<Value, ExpressionError>
    do throws(ExpressionError) {
      let program = try Program(parsing: item["expr"] as? String ?? "", in: environment)
      result = .success(try program.evaluate(variables: bindings.map { TaggedValue.read($0.value) }))
    } catch {
      result = .failure(error)
    }
    switch (result, item["value"]) {
    case (.failure, nil): return nil
    case (.failure(let error), .some): return "error \(error)"
    case (.success(let value), nil): return "\(value) instead of an error"
    case (.success(let value), .some(let expected)):
      return TaggedValue.matches(value, expected) ? nil : "\(value) instead of \(expected)"
    }
  }
}

/// Values as the file writes them.
enum TaggedValue {
  static func read(_ json: Any) -> Value? {
    guard let (tag, content) = (json as? [String: Any])?.first else { return nil }
    let text = content as? String ?? ""
    switch tag {
    case "int": return Int64(text).map(Value.int)
    case "uint": return UInt64(text).map(Value.uint)
    case "double": return Double(text).map(Value.double)
    case "bool": return (content as? Bool).map(Value.bool)
    case "string": return .string(text)
    case "bytes": return Data(base64Encoded: text).map { .bytes(Array($0)) }
    case "null": return .null
    case "list": return .list((content as? [Any] ?? []).compactMap(read))
    case "map":
      var map = ValueDictionary()
      for pair in content as? [[Any]] ?? [] {
        if let key = read(pair[0]).flatMap(MapKey.init), let value = read(pair[1]) { map.set(key, to: value) }
      }
      return .map(ValueTable(map))
    case "type": return .type(ValueType(text))
    case "timestamp": return try? evaluate("timestamp('\(text)')")
    case "duration": return try? evaluate("duration('\(text)')")
    default: return nil
    }
  }

  static func matches(_ value: Value, _ json: Any) -> Bool {
    guard let expected = read(json), expected.type == value.type else { return false }
    switch (value, expected) {
    case (.double(let left), .double(let right)): return left == right || (left.isNaN && right.isNaN)
    case (.list(let list), .list):
      let elements = (json as? [String: Any])?["list"] as? [Any] ?? []
      return list.count == elements.count && elements.indices.allSatisfy { matches(list.element(at: $0), elements[$0]) }
    case (.map(let map), .map):
      let pairs = (json as? [String: Any])?["map"] as? [[Any]] ?? []
      return map.count == pairs.count
        && pairs.allSatisfy { pair in
          guard let key = read(pair[0]).flatMap(MapKey.init), let value = map.value(for: key) else { return false }
          return matches(value, pair[1])
        }
    default: return isSame(value, expected)
    }
  }
}
