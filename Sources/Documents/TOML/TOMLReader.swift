internal import Findings

// Our own, because a finding needs the bytes that a key or value stands in: libtomlplusplus, which Debian has, gives
// lines and columns but no byte ranges. The grammar is small; most of the work is in what may be added to (`TOMLTree`).

/// Reads TOML 1.0 (https://toml.io/en/v1.0.0) into a ``Document``, with a byte order mark or without.
///
/// What belongs to one table is one mapping, wherever it is written, with its keys in the order in which they first
/// occur. The mapping of a header `[a.b]` stands from the end of the header to that of the last entry below it; a table
/// that only dotted keys or longer headers name stands where the first of them names its content. An array of tables
/// stands from its first element to the end of the last.
package enum TOMLReader {
  /// The deepest nesting that is read unless the caller says otherwise: of tables, arrays and parts of keys together.
  package static let maxDepth = 10_000

  /// Reads a file as a whole. Whole numbers beyond 64 bits, leap seconds and dates of the year 0 are no errors.
  /// - Parameter bytes: UTF-8; anything else is an error.
  /// - Throws: the first error, that of defining something twice included; nothing is read after it.
  package static func read(_ bytes: [UInt8], maxDepth: Int = maxDepth) throws(DocumentError) -> Document {
    var parser = TOMLParser(text: bytes.span, maxDepth: maxDepth)
    do throws(SyntaxError) {
      guard bytes.count <= TreeBuilder.maxBytes else { throw SyntaxError("the file is too large", at: 0) }
      try parser.parse(bytes.span)
    } catch {
      throw error.located(in: bytes)
    }
    return parser.tree.records().finish(bytes: bytes, typing: .toml)
  }
}
