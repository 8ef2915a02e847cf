/// Why git could not be asked, or gave no answer.
package struct GitFailure: Error, Hashable, CustomStringConvertible {
  /// One line, with the next step where there is one.
  package var description: String

  init(_ description: String) {
    self.description = description
  }

  static let missing = GitFailure("git is not on the PATH; install it, or scan files instead")

  /// What git wrote to standard error, and what to do about the best known of it.
  init(gitWords bytes: [UInt8]) {
    let words = String(decoding: bytes, as: UTF8.self)
    if words.contains("dubious ownership") {
      self.init(
        "git refuses the repository, because it belongs to another user; if you trust it, run: "
          + "git config --global --add safe.directory PATH")
    } else if words.contains("promisor") || words.contains("not our ref") {
      self.init("the clone is partial and lacks an object that is needed here: fetch it whole (git fetch --refetch)")
    } else if words.contains("not a git repository") {
      self.init("this is no git repository; name one, or scan files instead")
    } else {
      let line = words.split(separator: "\n").prefix(3).joined(separator: " ")
      self.init(line.isEmpty ? "git failed without a word" : "git: \(line)")
    }
  }
}
