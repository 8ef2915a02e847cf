import Documents
import Expressions
import Findings
import Testing

@testable import Views

/// Looks at a text through a view, as rules do.
enum ViewSample {
  struct Files: FileResolver {
    var files: [String: String] = [:]
    func bytes(of path: SourcePath) -> [UInt8]? { files[path.description].map { Array($0.utf8) } }
  }

  static func file(_ text: String, path: String, files: [String: String] = [:]) throws -> ViewedFile {
    let bytes = Array(text.utf8)
    let recognized = FileRecognition(path: SourcePath(path), content: bytes.span)
    let recognition = try #require(recognized)
    return try ViewedFile.read(
      bytes, path: SourcePath(path), recognition: recognition, others: Files(files: files)
    ).file
  }

  static func elements(
    _ view: String, _ text: String, path: String, files: [String: String] = [:]
  ) throws -> [ViewElement] {
    try #require(ViewTable.view(named: view)).elements(try file(text, path: path, files: files))
  }

  /// What an expression gives for each element, as text.
  static func values(
    _ expression: String, _ view: String, _ text: String, path: String, files: [String: String] = [:]
  ) throws -> [String] {
    let environment = Environment(
      variables: ["self"], functions: FunctionTable.standard.adding(ViewFunctions.all), hasToleratesMissingParents: true
    )
    let program = try Program(parsing: expression, in: environment)
    return try elements(view, text, path: path, files: files).map { element in
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
  static func places(
    _ member: String?, _ view: String, _ text: String, path: String, files: [String: String] = [:]
  ) throws -> [String] {
    try elements(view, text, path: path, files: files).map { element in
      let path = member.flatMap { MemberPath($0) }
      let origin = path?.origin(in: .map(element.record)) ?? element.origin
      return "\(String(decoding: origin.file.bytes[origin.place], as: UTF8.self))"
    }
  }
}
