internal import Findings

// There is no standard for most of these files and no library that keeps positions. The programs that read them agree on
// the lines below; where they do not, the comment at the line says whom this follows.

/// Reads files of keys and values into a ``Document``: a mapping of texts, with one mapping for each section.
package enum KeyValueReader {
  package enum Dialect: Hashable, Sendable, CaseIterable {
    /// Python's configparser (https://docs.python.org/3/library/configparser.html#supported-ini-file-structure): a line
    /// that is indented deeper than its key goes on with the value. Files of git and systemd read well, too.
    case ini
    /// Java's `Properties.load` (https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html).
    case properties
    /// Environment files as docker compose reads them (https://docs.docker.com/compose/how-tos/environment-variables/).
    case dotenv
    /// https://spec.editorconfig.org/
    case editorconfig
    /// npm's configuration, in the format of https://github.com/npm/ini: values may stand in quotes, and a key alone is
    /// true.
    case npmrc
    /// Names and passwords of machines (https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html):
    /// one mapping for each machine; that of `default` has this name.
    case netrc
  }

  /// The most lines that are noted.
  package static let maxNotes = 100

  /// Reads what can be read. Keys that are written twice stay twice.
  /// - Returns: the tree, and a note for each line that is no entry, up to ``maxNotes``.
  package static func read(_ bytes: [UInt8], dialect: Dialect) -> (document: Document, notes: [DocumentError]) {
    guard bytes.count <= TreeBuilder.maxBytes else {
      let start = Position(line: 1, column: 1)
      return (read([], dialect: dialect).document, [DocumentError("the file is too large", at: start)])
    }
    var parser = KeyValueParser(bytes)
    parser.tree.open(.mapping, at: 0)
    switch dialect {
    case .ini: parser.parseSections(KeyValueParser.SectionSyntax(continuesByIndentation: true))
    case .editorconfig: parser.parseSections(KeyValueParser.SectionSyntax())
    case .npmrc: parser.parseSections(KeyValueParser.SectionSyntax(separators: "=", hasQuotes: true, hasLoneKeys: true))
    case .properties: parser.parseProperties()
    case .dotenv: parser.parseDotenv()
    case .netrc: parser.parseNetrc()
    }
    while parser.tree.depth > 0 { parser.tree.close(at: bytes.count) }
    let document = parser.tree.finish(bytes: bytes, typing: .text)
    return (document, parser.notes.map { DocumentError($0.message, at: document.position(of: $0.offset)) })
  }
}
