internal import Foundation

/// Where the files of the repository are, found from this file.
package enum Repository {
  /// The absolute path of the root.
  package static let root: String = {
    var url = URL(filePath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path(percentEncoded: false)
  }()

  /// The bytes of a file, named from the root; `nil` when there is none.
  package static func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: root + "/" + path).map(Array.init)
  }

  /// The bytes of a file of the folder `shared` beside the repository, which is not part of it. Tests that need such
  /// a file are `.enabled(if: Repository.shared(…) != nil)`, so that a lone checkout skips them visibly.
  package static func shared(_ path: String) -> [UInt8]? {
    bytes("../shared/" + path)
  }

  package static func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(filePath: root + "/" + path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }
}
