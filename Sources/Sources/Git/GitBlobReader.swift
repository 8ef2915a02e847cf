package import Findings

/// Reads blobs through one `git cat-file --batch`, in the order in which they were asked for
/// (https://git-scm.com/docs/git-cat-file, "BATCH OUTPUT"); each worker has its own.
package struct GitBlobReader: ~Copyable {
  /// What came of reading a blob.
  package enum Outcome {
    /// The blob lies here in the buffer, until the next call.
    case read(Range<Int>)
    /// Not read, for the reason that the notification gives.
    case skipped(Notification)
  }

  private var stream: GitStream
  private let limit: Int

  /// - Parameter limit: larger blobs are read over, in bytes.
  init(_ database: GitDatabase, objects: [GitObjectID], limit: Int) throws(GitFailure) {
    var question: [UInt8] = []
    question.reserveCapacity(objects.count * 41)
    for object in objects {
      object.append(to: &question)
      question.append(10)
    }
    stream = GitStream(try database.start(["cat-file", "--batch", "--buffer"], input: question))
    self.limit = limit
  }

  /// Reads the next blob, which is told of under this path.
  ///
  /// - Throws: when git ended before, so that nothing can be read any more.
  package mutating func read(_ path: SourcePath) throws(GitFailure) -> Outcome {
    guard let header = stream.token(until: 10) else { throw failure() }
    // `object type size`, or `object missing`.
    let words = stream.bytes(header).split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3, let size = Int(words[2]) else {
      let isMissing = words.last == "missing"
      return .skipped(
        Notification(
          kind: .objectMissing, level: .error,
          message: isMissing
            ? "git does not have object \(words.first ?? ""): the clone is partial or damaged; fetch it whole"
            : "git said something unexpected of an object", path: path))
    }
    guard size <= limit else {
      guard stream.skip(size + 1) else { throw failure() }
      return .skipped(FileReader.tooLarge(path, size: size, limit: limit))
    }
    guard let range = stream.take(size + 1) else { throw failure() }
    return .read(range.lowerBound..<range.upperBound - 1)
  }

  /// Calls `body` with a blob that was just read.
  package borrowing func withContents<Result>(_ range: Range<Int>, _ body: (Span<UInt8>) -> Result) -> Result {
    stream.withBytes(range, body)
  }

  private mutating func failure() -> GitFailure {
    do throws(GitFailure) {
      try stream.finish()
    } catch {
      return error
    }
    return GitFailure("git ended before it had given all objects")
  }
}
