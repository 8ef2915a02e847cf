internal import Findings

/// The files that a user names by a file or a directory of them.
package enum PackFiles {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// The file at `path`, or every `.yaml` and `.yml` file below the directory there, in the order of their names.
  package static func read(_ path: String, limit: Int) throws(Failure) -> [(name: String, bytes: [UInt8])] {
    guard let real = FileSystem.realPath(of: Array(path.utf8)) else {
      throw Failure(description: "\(SystemError.last)")
    }
    guard FileSystem.kind(of: real) == .directory else {
      return [(path, try contents(of: real, limit: limit))]
    }
    var listing = FileListing()
    DirectoryWalk(root: real, excludes: []).list([], into: &listing)
    if let problem = listing.notifications.first(where: { $0.level == .error }) {
      throw Failure(description: problem.message)
    }
    let packs = listing.files.filter { file in
      [".yaml", ".yml"].contains { file.bytes.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
    guard !packs.isEmpty else { throw Failure(description: "no .yaml file in this directory") }
    var files: [(name: String, bytes: [UInt8])] = []
    let prefix = path.hasSuffix("/") ? path : path + "/"
    for pack in packs.sorted() {
      let bytes = try contents(of: real + [UInt8(ascii: "/")] + pack.bytes, limit: limit)
      files.append((prefix + pack.description, bytes))
    }
    return files
  }

  private static func contents(of path: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
    let slash = path.lastIndex(of: UInt8(ascii: "/")) ?? 0
    var reader: FileReader
    do throws(SystemError) {
      reader = try FileReader(root: slash == 0 ? [UInt8(ascii: "/")] : Array(path[..<slash]), limit: limit)
    } catch {
      throw Failure(description: "\(error)")
    }
    switch reader.read(SourcePath(bytes: Array(path[(slash + 1)...]))) {
    case .read(let count): return reader.withContents(count) { Array($0) }
    case .skipped(let notification): throw Failure(description: notification.message)
    }
  }
}
