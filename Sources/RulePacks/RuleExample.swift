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
  /// Where the example stands in the pack file.
  package var position: Position

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
      guard let entries = element.entries, entries.count == 1, let entry = entries.first,
        let expectation = entry.key.text.flatMap(RuleExample.Expectation.init), let text = entry.value.text
      else {
        diagnostics.add("an example is fires: or silent: and a text", at: element.position)
        continue
      }
      var template = ExampleTemplate(seed: "\(metadata.id)/\(examples.count)")
      do throws(ExampleTemplate.UnknownAlphabet) {
        examples.append(
          RuleExample(expectation: expectation, text: try template.expand(text), position: element.position))
      } catch {
        diagnostics.add("unknown alphabet \(error.name) in a template", at: element.position)
      }
    }
    return examples
  }
}
