internal import Documents
package import Findings

/// A piece of text on which a rule must fire, or must not.
package struct RuleExample: Sendable {
  package enum Expectation: String, Sendable {
    case fires, silent
  }

  package var expectation: Expectation
  /// The text with its templates expanded.
  package var text: String
  /// The name of the file that the text is, which says of what kind it is; `nil`: any file of the rule's first kind.
  package var path: String?
  /// Files beside it, such as those that it includes.
  package var files: [File]
  /// Where the example stands in the pack file.
  package var position: Position

  /// An example that stands in no pack.
  package init(_ expectation: Expectation, text: String) {
    self.expectation = expectation
    self.text = text
    files = []
    position = Position(line: 1, column: 1)
  }

  package struct File: Sendable {
    package var path: String
    package var text: String
  }

  /// Why a rule cannot tell whether it fires on an example, in words.
  package struct Failure: Error {
    package var message: String
  }
}

extension PackRule {
  /// The rule's examples, as far as they are well-formed.
  package var examples: [RuleExample] { readExamples(diagnostics: DiagnosticCollector(file: "")) }

  func readExamples(diagnostics: DiagnosticCollector) -> [RuleExample] {
    guard let node = examplesNode else { return [] }
    guard let elements = node.elements else {
      diagnostics.add("examples is a list of fires and silent", at: node.position)
      return []
    }
    var examples: [RuleExample] = []
    for element in elements {
      var template = ExampleTemplate(seed: "\(metadata.id)/\(examples.count)", proof: (self as? TextRule)?.proof)
      do throws(ExampleTemplate.UnknownAlphabet) {
        guard let example = try RuleExample(element, template: &template) else {
          diagnostics.add(
            "an example is fires: or silent: and a text, and perhaps path: and files:",
            at: element.position)
          continue
        }
        examples.append(example)
      } catch {
        diagnostics.add(
          error.name == "proved"
            ? "the rule's proof makes no checksum for what stands in {{proved}}"
            : "unknown alphabet \(error.name) in a template", at: element.position)
      }
    }
    return examples
  }
}

extension RuleExample {
  /// - Returns: `nil` for what is no example.
  fileprivate init?(
    _ node: Node, template: inout ExampleTemplate
  ) throws(ExampleTemplate.UnknownAlphabet) {
    var expectation: Expectation?
    var text: String?
    path = nil
    files = []
    for (key, value) in node.entries ?? [] {
      switch key.text {
      case "fires"?, "silent"?:
        guard expectation == nil, let written = value.text else { return nil }
        expectation = key.text.flatMap(Expectation.init)
        text = try template.expand(written)
      case "path"?:
        guard let name = value.text, !name.isEmpty else { return nil }
        path = name
      case "files"?:
        guard let entries = value.entries else { return nil }
        for file in entries {
          guard let name = file.key.text, let content = file.value.text else { return nil }
          files.append(File(path: name, text: try template.expand(content)))
        }
      default: return nil
      }
    }
    guard let expectation, let text else { return nil }
    self.expectation = expectation
    self.text = text
    position = node.position
  }
}
