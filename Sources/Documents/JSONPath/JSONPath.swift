// Written here because no Swift library of JSONPath passes the standard's test suite, and none could run over nodes that
// know their place in a file.

/// A query of RFC 9535 over the nodes of a ``Document``. Immutable and free to share.
///
///     let path = try JSONPath(parsing: "$.jobs.*.steps[?@.uses]")
///     for (node, place) in try path.nodes(in: root) { print(node.position, place) }
package struct JSONPath: Sendable, CustomStringConvertible {
  /// The most nodes that one evaluation visits unless the caller says otherwise. `$..*..*..*` is short to write.
  package static let maxVisits = 20_000_000

  let query: Query
  /// The text that was parsed.
  package let description: String
  private let regexEngine: RegexEngine?

  /// Makes a test out of a pattern in the syntax of PCRE2 with UTF; `nil` where it does not compile. The pattern is
  /// anchored where it has to be: the test is whether it is found in the text.
  package typealias RegexEngine = @Sendable (_ pattern: String) -> (@Sendable (_ text: String) -> Bool)?

  /// - Parameters:
  ///   - text: the query, from `$` on.
  ///   - regexEngine: what the functions `match` and `search` use; without one they are errors.
  /// - Throws: an error that says where the text is not a well-formed and valid query (RFC 9535, 2.1).
  package init(parsing text: String, regexEngine: RegexEngine? = nil) throws(JSONPathError) {
    var parser = JSONPathParser(text, regexEngine: regexEngine)
    query = try parser.parse()
    description = text
    self.regexEngine = regexEngine
  }

  /// The nodes that the query selects, in the order of RFC 9535, doubles included, with their places.
  ///
  /// Aliases are followed and merge keys resolved. Where a key is written twice, a name selects the last in JSON and YAML,
  /// as most programs do, and all in other formats; a wildcard selects all.
  /// - Throws: only when more than `maxVisits` nodes would be looked at.
  package func nodes(
    in root: Node, maxVisits: Int = maxVisits
  ) throws(JSONPathError) -> [(node: Node, path: NormalizedPath)] {
    var evaluator = JSONPathEvaluator(root: root, regexEngine: regexEngine, maxVisits: maxVisits)
    return try evaluator.matches(of: query)
  }
}

/// A query that is not one, or that cannot be evaluated.
package struct JSONPathError: Error, Hashable, CustomStringConvertible {
  /// What is wrong, in a phrase.
  package var message: String
  /// Where in the text of the query, in bytes of its UTF-8.
  package var offset: Int

  init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }

  package var description: String { "\(message) (at \(offset))" }
}
