internal import Findings

// Foundation's JSONSerialization is all of Foundation, and neither it nor a fast C parser such as yyjson keeps positions.

/// Reads JSON (RFC 8259) into a ``Document``, with a byte order mark or without.
package enum JSONReader {
  package enum Dialect: Sendable {
    case json
    /// With `//` and `/* */` comments and commas after the last element, as in tsconfig.json and VS Code's settings
    /// (https://code.visualstudio.com/docs/languages/json#_json-with-comments).
    case jsonc
  }

  /// The deepest nesting that is read unless the caller says otherwise. RFC 8259, 9 lets a reader set a limit.
  package static let maxDepth = 10_000

  /// - Parameter bytes: UTF-8; anything else is an error.
  /// - Throws: the first error of syntax; nothing is read after it.
  package static func read(
    _ bytes: [UInt8], dialect: Dialect = .json, maxDepth: Int = maxDepth
  ) throws(DocumentError) -> Document {
    var parser = JSONParser(allowsComments: dialect == .jsonc, maxDepth: maxDepth, text: bytes.span)
    do throws(SyntaxError) {
      guard bytes.count <= TreeBuilder.maxBytes else { throw SyntaxError("the file is too large", at: 0) }
      try parser.parse(bytes.span)
    } catch {
      throw error.located(in: bytes)
    }
    return parser.tree.finish(bytes: bytes, typing: .json)
  }
}
