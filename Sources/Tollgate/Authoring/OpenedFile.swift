internal import Documents
internal import Findings
internal import Scanning
internal import Sources
internal import Views

/// A file that cannot be looked at: it is not there, cannot be read, or is not what its name says.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, the place in it where that is known, and what is wrong.
  public var description: String

  init(_ message: String) {
    description = message
  }
}

/// One file of a tree, read, with the files around it: as a scan of its tree would see it.
struct OpenedFile {
  /// In bytes; a larger file is not for reading by people.
  static let maxBytes = 64 << 20

  /// As the user named it.
  let name: String
  /// Relative to the root of a scan.
  let path: SourcePath
  let bytes: [UInt8]
  let recognition: FileRecognition?
  let others: any FileResolver

  init(_ name: String) throws(FileError) {
    self.name = name
    let tree: FileTree
    do throws(FileTree.Failure) {
      tree = try FileTree([name])
    } catch {
      throw FileError(error.description)
    }
    guard let path = tree.onlyFile else { throw FileError("\(SourcePath(name)) is a directory; name a file") }
    self.path = path
    bytes = try Self.read(path, root: tree.root).get()
    others = NeighbouringFiles(of: .tree(tree), limit: Self.maxBytes)
    recognition = Self.recognition(of: bytes, path: path, root: tree.root)
  }

  private static func recognition(of bytes: [UInt8], path: SourcePath, root: [UInt8]) -> FileRecognition? {
    let text = bytes.span
    let recognition = FileRecognition(path: path, content: text)
    if let recognition, ![.yaml, .json].contains(recognition.kind) { return recognition }
    // Outside of a work tree the root is the folder of the file, and the folders above it may say what it is.
    let whole = SourcePath(bytes: root + [UInt8(ascii: "/")] + path.bytes)
    return FileRecognition(path: whole, content: text) ?? recognition
  }

  private static func read(_ path: SourcePath, root: [UInt8]) -> Result<[UInt8], FileError> {
    do throws(SystemError) {
      var reader = try FileReader(root: root, limit: maxBytes)
      switch reader.read(path) {
      case .read(let count): return .success(reader.withContents(count) { Array($0) })
      case .skipped(let notification): return .failure(FileError("\(path): \(notification.message)"))
      }
    } catch {
      return .failure(FileError("\(path): \(error)"))
    }
  }

  /// The file as views and rules see it, and what in it was passed over; `nil` for a file of no kind.
  func viewed() throws(FileError) -> (file: ViewedFile, notes: [DocumentError])? {
    guard let recognition else { return nil }
    do throws(DocumentError) {
      return try ViewedFile.read(bytes, path: path, recognition: recognition, others: others)
    } catch {
      throw FileError("\(SourcePath(name)):\(error.description) (read as \(recognition.kind.rawValue))")
    }
  }
}

extension FileFormat {
  /// The format in a word or two.
  var word: String {
    switch self {
    case .keyValue(let dialect): "keys and values, \(dialect)"
    default: "\(self)"
    }
  }
}
