/// Chooses the reader for a format.
package enum DocumentReader {
  /// Whether there is a reader for files of this format.
  package static func canRead(_ format: FileFormat) -> Bool {
    switch format {
    case .yaml, .json, .jsonc, .toml, .xml, .keyValue, .dockerfile: true
    default: false
    }
  }

  /// The document, and what in it was passed over; `nil` where there is no reader.
  package static func read(
    _ bytes: [UInt8], as format: FileFormat
  ) throws(DocumentError) -> (document: Document, notes: [DocumentError])? {
    switch format {
    case .yaml: (try YAMLReader.read(bytes), [])
    case .json: (try JSONReader.read(bytes), [])
    case .jsonc: (try JSONReader.read(bytes, dialect: .jsonc), [])
    case .toml: (try TOMLReader.read(bytes), [])
    case .xml: (try XMLReader.read(bytes), [])
    case .keyValue(let dialect): KeyValueReader.read(bytes, dialect: dialect)
    case .dockerfile: DockerfileReader.read(bytes)
    default: nil
    }
  }
}
