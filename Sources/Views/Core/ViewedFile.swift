package import Documents
package import Expressions
package import Findings
internal import Synchronization

/// One file as views see it: made for one file of a scan, gone with it.
///
/// Several views share what they need: a workflow is read into jobs and steps once.
package final class ViewedFile: Sendable {
  package let path: SourcePath
  package let kind: FileKind
  /// The file, and where origins in it lie.
  package let origin: OriginFile
  /// The file as a tree; `nil` for kinds without a reader, such as shell scripts.
  package let document: Document?
  /// The files beside it.
  package let others: any FileResolver

  private let models = Mutex<[ObjectIdentifier: any ViewModel]>([:])
  private let noted = Mutex<[Note]>([])

  /// What a view could not make out of the file. It is told once, whatever rules there are.
  package struct Note: Hashable, Sendable {
    package var message: String
    /// In bytes of the file.
    package var offset: Int
  }

  package init(
    path: SourcePath, kind: FileKind, bytes: [UInt8], document: Document?, others: any FileResolver = NoFiles()
  ) {
    self.path = path
    self.kind = kind
    origin = OriginFile(path: path, bytes: bytes)
    self.document = document
    self.others = others
  }

  package var bytes: [UInt8] { origin.bytes }

  /// The file read into a model, once for all views.
  package func model<Model: ViewModel>(_ type: Model.Type) -> Model {
    let key = ObjectIdentifier(type)
    if let known = models.withLock({ $0[key] }) as? Model { return known }
    // Outside of the lock: a model may be made from another one.
    let model = Model(self)
    models.withLock { $0[key] = model }
    return model
  }

  package func note(_ message: String, at offset: Int) {
    noted.withLock { $0.append(Note(message: message, offset: offset)) }
  }

  /// In the order of the file.
  package var notes: [Note] {
    noted.withLock { Set($0) }.sorted { ($0.offset, $0.message) < ($1.offset, $1.message) }
  }
}

/// A file read for the views of one area. It must not hold the ``ViewedFile`` that holds it.
package protocol ViewModel: AnyObject, Sendable {
  init(_ file: ViewedFile)
}

extension ViewedFile {
  /// Reads a file as what it was recognised as.
  ///
  /// - Returns: the file, and what in it was passed over.
  /// - Throws: when it is not what its name says.
  package static func read(
    _ bytes: [UInt8], path: SourcePath, recognition: FileRecognition, others: any FileResolver = NoFiles()
  ) throws(DocumentError) -> (file: ViewedFile, notes: [DocumentError]) {
    let read = try DocumentReader.read(bytes, as: recognition.format)
    let file = ViewedFile(
      path: path, kind: recognition.kind, bytes: bytes, document: read?.document, others: others)
    return (file, read?.notes ?? [])
  }

  /// The line and column of a byte of the file.
  package func position(of offset: Int) -> Position {
    if let document { return document.position(of: offset) }
    let text = bytes.span
    return LineIndex(text).position(of: min(offset, text.count), in: text)
  }

  /// The first document as rules see it in the variable `document`; `nil` for a file without one.
  package var documentValue: Value? { document?.root?.value(in: origin) }

  /// The path as rules see it in the variable `path`.
  package var pathValue: Value { .string(path.description) }
}
