internal import Findings

// Not libxml2: its SAX interface knows lines but no offset of a tag or an attribute, and its archive brings ICU, zlib and
// lzma into the binary. What rules look at needs no DTD, no validation and no entities but the predefined ones, and so
// nothing here can fetch or expand anything.

/// Reads XML 1.0 (https://www.w3.org/TR/xml/) into a ``Document`` of mappings.
///
///     <server id="a"><url>x</url><url>y</url></server>
///
/// becomes `{server: {@id: a, url: {#text: x}, url: {#text: y}}}`. An element is a mapping always, whether it has
/// attributes or not: its attributes, its elements in their order, then its text without the white space around it. Names
/// are without their prefix. A name that stands several times is several entries.
package enum XMLReader {
  /// The deepest nesting that is read.
  package static let maxDepth = 1_000

  /// - Parameter bytes: UTF-8 or another encoding that has ASCII in its place; not UTF-16.
  /// - Throws: the first thing that is not well-formed; nothing is read after it. DTDs are passed over.
  package static func read(_ bytes: [UInt8]) throws(DocumentError) -> Document {
    var parser = XMLParser(bytes)
    do throws(SyntaxError) {
      guard bytes.count <= TreeBuilder.maxBytes else { throw SyntaxError("the file is too large", at: 0) }
      try parser.parse()
    } catch {
      throw error.located(in: bytes)
    }
    return parser.tree.finish(bytes: bytes, typing: .text)
  }
}
