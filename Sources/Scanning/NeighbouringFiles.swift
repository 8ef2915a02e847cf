package import Findings
internal import Sources
internal import Views

/// The files beside the one that is looked at, for views that follow includes: read when they are asked for, which is
/// seldom.
package struct NeighbouringFiles: FileResolver {
  private let source: ContentSource
  /// In bytes; a larger file is as good as absent.
  private let limit: Int

  package init(of source: ContentSource, limit: Int) {
    self.source = source
    self.limit = limit
  }

  package func bytes(of path: SourcePath) -> [UInt8]? {
    let components = path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    // Only what lies below the root: an include is written by whoever wrote the file.
    guard !components.contains(where: { $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) })
    else { return nil }
    switch source {
    // What lies in the work tree may be another version; what depends on such a file is unknown then.
    case .git, .blobs: return nil
    case .memory(let memory): return memory.files.first { $0.path == path }?.bytes
    case .tree(let tree):
      guard var reader = try? FileReader(root: tree.root, limit: limit), case .read(let count) = reader.read(path)
      else { return nil }
      return reader.withContents(count) { unsafe $0.withUnsafeBufferPointer { unsafe Array($0) } }
    }
  }
}
