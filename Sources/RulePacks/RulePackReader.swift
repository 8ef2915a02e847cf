internal import Documents
internal import Findings
internal import Matching
internal import Views

/// Reads a pack file: YAML in, rules out, every mistake with its place.
package struct RulePackReader {
  /// Whether patterns are compiled and examples counted. The built-in packs are checked by the tests, not at each start.
  package var checksPatterns: Bool

  package init(checksPatterns: Bool = true) {
    self.checksPatterns = checksPatterns
  }

  /// - Parameters:
  ///   - bytes: the pack file, UTF-8.
  ///   - file: its name for messages.
  package func read(_ bytes: [UInt8], file: String) throws(RulePackError) -> RulePack {
    let document: Document
    do throws(DocumentError) {
      document = try YAMLReader.read(bytes)
    } catch {
      let diagnostic = PackDiagnostic(file: file, position: error.position, message: "not valid YAML: \(error.message)")
      throw RulePackError(diagnostics: [diagnostic])
    }
    let diagnostics = DiagnosticCollector(file: file)
    let pack = read(document, bytes: bytes, diagnostics: diagnostics)
    guard diagnostics.all.isEmpty, let pack else { throw RulePackError(diagnostics: diagnostics.all) }
    return pack
  }

  private func read(_ document: Document, bytes: [UInt8], diagnostics: DiagnosticCollector) -> RulePack? {
    let start = Position(line: 1, column: 1)
    guard let root = document.roots.first else {
      diagnostics.add("the file is empty; a pack has the keys pack and rules", at: start)
      return nil
    }
    if document.roots.count > 1 {
      diagnostics.add("a pack file holds one document", at: document.roots[1].position)
    }
    guard let mapping = MappingReader(root, of: "pack", keys: ["pack", "rules"], diagnostics: diagnostics) else {
      return nil
    }
    let name = mapping.identifier("pack") ?? ""
    var rules: [any PackRule] = []
    var places: [String: Position] = [:]
    for node in mapping.list("rules", isRequired: true) {
      guard let rule = rule(node, pack: name, diagnostics: diagnostics) else { continue }
      if let first = places[rule.metadata.id] {
        diagnostics.add("rule id \(rule.metadata.id) is already used in line \(first.line)", at: rule.position)
      }
      places[rule.metadata.id] = rule.position
      rules.append(rule)
    }
    NearPartReader.resolve(&rules, diagnostics: diagnostics)
    return RulePack(name: name, file: diagnostics.file, rules: rules, bytes: bytes)
  }
}

extension RulePackReader {
  /// The key `on` says what a rule looks at, and so what other keys it has.
  private func rule(_ node: Node, pack: String, diagnostics: DiagnosticCollector) -> (any PackRule)? {
    guard node.kind == .mapping else {
      diagnostics.add("a rule is a mapping with the keys id, title and so on", at: node.position)
      return nil
    }
    guard let on = node["on"] else {
      diagnostics.add("the rule has no on", at: node.position)
      return nil
    }
    switch on.text {
    case "text": return TextRuleReader(pack: pack, checksPattern: checksPatterns).read(node, diagnostics: diagnostics)
    case "document":
      return DocumentRuleReader(pack: pack, isChecked: checksPatterns, view: nil).read(node, diagnostics: diagnostics)
    case let name:
      if let view = name.flatMap(ViewTable.view(named:)) {
        return DocumentRuleReader(pack: pack, isChecked: checksPatterns, view: view)
          .read(node, diagnostics: diagnostics)
      }
      let names = ["text", "document"] + ViewTable.all.map(\.name)
      let hint = name.flatMap { MappingReader.nearest(to: $0, in: names) }.map { "; did you mean \($0)?" } ?? ""
      diagnostics.add("on is text, document or a view such as github.step\(hint)", at: on.position)
      return nil
    }
  }

  /// A built-in pack without the examples of its rules, which only tests need: they are half of the text, and reading
  /// it is most of the start of the program.
  ///
  /// This knows the layout of our own files, `    examples:` last in each rule; the tests hold it against a full reading.
  static func withoutExamples(_ bytes: [UInt8]) -> [UInt8] {
    let header = Array("    examples:".utf8)
    let nextRule = Array("  - id:".utf8)
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var isKept = true
    var start = 0
    while start < bytes.count {
      let end = (bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
      let line = bytes[start..<end]
      if isKept { isKept = !line.starts(with: header) } else { isKept = line.starts(with: nextRule) }
      if isKept { kept += line }
      start = end
    }
    return kept
  }
}

/// Collects what is wrong with one file.
final class DiagnosticCollector {
  let file: String
  private(set) var all: [PackDiagnostic] = []

  init(file: String) {
    self.file = file
  }

  func add(_ message: String, at position: Position) {
    all.append(PackDiagnostic(file: file, position: position, message: message))
  }
}
