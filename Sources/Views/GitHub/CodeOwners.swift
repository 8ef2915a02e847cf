internal import Expressions
internal import Findings

/// Who has to review a file.
/// https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
enum CodeOwners {
  /// Where GitHub looks, in this order.
  private static let places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]
  private static let maxLines = 5_000

  /// Whether somebody owns the scanned file; `nil` where its neighbours cannot be read.
  static func owns(_ files: GitHubLocalFiles) -> Bool? {
    // A scan of a commit or of a single text knows no other file: then the scanned one cannot be found either.
    guard files.others.bytes(of: files.path) != nil else { return nil }
    for top in files.tops where files.path.bytes.starts(with: top) {
      for place in places {
        guard let bytes = files.others.bytes(of: SourcePath(bytes: top + Array(place.utf8))) else { continue }
        let path = String(decoding: files.path.bytes[top.count...], as: UTF8.self)
        return owns(path, String(decoding: bytes, as: UTF8.self))
      }
    }
    return false
  }

  /// The last line that matches counts; one without owners takes them away.
  private static func owns(_ path: String, _ text: String) -> Bool {
    var isOwned = false
    for line in text.split(whereSeparator: \.isNewline).prefix(maxLines) {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let pattern = words.first, !pattern.hasPrefix("["), matches(path, String(pattern)) else { continue }
      isOwned = words.count > 1
    }
    return isOwned
  }

  private static func matches(_ path: String, _ pattern: String) -> Bool {
    var pattern = pattern[...]
    let isAnchored = pattern.dropLast().contains("/")
    if pattern.hasPrefix("/") { pattern = pattern.dropFirst() }
    let isFolder = pattern.hasSuffix("/")
    if isFolder { pattern = pattern.dropLast() }
    let anchored = isAnchored ? String(pattern) : "**/\(pattern)"
    // A pattern stands for a file, or for a folder and all that lies in it; `docs/*` does not go down.
    let isFlat = isAnchored && pattern.hasSuffix("/*")
    let patterns = isFolder ? ["\(anchored)/**"] : isFlat ? [anchored] : [anchored, "\(anchored)/**"]
    return patterns.contains { (try? Glob($0))?.matches(path) ?? false }
  }
}
