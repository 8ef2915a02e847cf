import Documents
import Expressions
import Findings
import Testing

@testable import Views

/// A few files and what a view makes of the first of them.
struct ViewSample {
  let file: ViewedFile
  let elements: [ViewElement]

  struct Files: FileResolver {
    let texts: [String: String]
    func bytes(of path: SourcePath) -> [UInt8]? { texts[path.description].map { Array($0.utf8) } }
  }

  init(_ view: String, _ text: String, path: String, others: [String: String] = [:]) throws {
    let bytes = Array(text.utf8)
    let path = SourcePath(path)
    let recognized = FileRecognition(path: path, content: bytes.span)
    let recognition = try #require(recognized)
    let view = try #require(ViewTable.view(named: view))
    #expect(view.kinds.contains(recognition.kind))
    file = try ViewedFile.read(bytes, path: path, recognition: recognition, others: Files(texts: others)).file
    elements = view.elements(file)
  }

  /// What an expression gives for an element: `true`, `false`, `unknown`, `error`, or the text of a value.
  func result(_ expression: String, at index: Int = 0) throws -> String {
    let environment = Environment(variables: ["self"])
    var bindings = Bindings(environment)
    let element = try #require(elements.indices.contains(index) ? elements[index] : nil, "no element \(index)")
    bindings["self"] = .map(element.record)
    let program = try Program(parsing: expression, in: environment)
    do {
      switch try program.evaluate(with: bindings) {
      case .unknown: return "unknown"
      case .bool(let bool): return "\(bool)"
      case .string(let text): return text
      case let value: return "\(value.type)"
      }
    } catch {
      return "error: \(error.message)"
    }
  }

  /// The text that a finding about a member would mark, with its file.
  func place(_ path: String, at index: Int = 0) throws -> String {
    let path = try #require(MemberPath(path))
    let origin = try #require(path.origin(in: .map(elements[index].record)))
    return "\(origin.file.path): " + String(decoding: origin.file.bytes[origin.place], as: UTF8.self)
  }

  func mark(_ index: Int) -> String {
    let origin = elements[index].origin
    return "\(origin.file.path): " + String(decoding: origin.file.bytes[origin.place], as: UTF8.self)
  }

  var notes: [String] { file.notes.map(\.message) }

  var identities: [String] { elements.map { $0.identity.joined(separator: "/") } }

  /// The members that an element has and the view declares neither by name nor as a key that is written.
  func undeclared(_ view: String, written: Set<String>) throws -> Set<String> {
    let declared = Set(try #require(ViewTable.view(named: view)).members.map(\.name))
    return Set(elements.flatMap { $0.record.fields.map(\.name) }).subtracting(declared).subtracting(written)
  }
}

// The same for all elements at once.
extension ViewSample {
  /// What an expression gives for each element, as text.
  static func values(_ expression: String, _ view: String, _ text: String, path: String) throws -> [String] {
    let environment = Environment(
      variables: ["self"], functions: FunctionTable.standard.adding(ViewFunctions.all), hasToleratesMissingParents: true
    )
    let program = try Program(parsing: expression, in: environment)
    return try ViewSample(view, text, path: path).elements.map { element in
      var bindings = Bindings(environment)
      bindings["self"] = .map(element.record)
      do throws(ExpressionError) {
        let value = try program.evaluate(with: bindings)
        if case .object(let object) = value { return object.text ?? "?" }
        return value.description
      } catch {
        return "error \(error.code)"
      }
    }
  }

  /// The text that a finding would mark for each element, at a member or at the element itself.
  static func places(_ member: String?, _ view: String, _ text: String, path: String) throws -> [String] {
    try ViewSample(view, text, path: path).elements.map { element in
      let path = member.flatMap { MemberPath($0) }
      let origin = path?.origin(in: .map(element.record)) ?? element.origin
      return String(decoding: origin.file.bytes[origin.place], as: UTF8.self)
    }
  }
}
