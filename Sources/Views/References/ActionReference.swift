package import Expressions

/// What `uses:` of a step or a job names.
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
package final class ActionReference: ValueObject, Located {
  package static let type = ValueType("github.ActionReference")

  package let written: String
  /// The comment behind it on the same line, without `#`: by custom the version that a commit stands for.
  package let comment: String?
  private let origin: Origin?
  private let form: Form

  private enum Form {
    /// `./path`, and `$/path` of the repository that the workflow is from
    case local
    /// `docker://image`
    case image(ImageReference?)
    /// `owner/name/path@ref`
    case remote(owner: String, name: String, path: String, ref: String?)
    case unknown
  }

  package init(_ text: String, comment: String? = nil, at origin: Origin? = nil) {
    written = text
    self.comment = comment
    self.origin = origin
    if text.hasPrefix("./") || text.hasPrefix("$/") || text.hasPrefix("../") || text == "." {
      form = .local
    } else if text.hasPrefix("docker://") {
      form = .image(ImageReference(text, at: origin))
    } else {
      let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
      let components = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false)
      if components.count >= 2, components.allSatisfy({ !$0.isEmpty }) {
        form = .remote(
          owner: String(components[0]), name: String(components[1]),
          path: components.dropFirst(2).joined(separator: "/"),
          ref: parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : nil)
      } else {
        form = .unknown
      }
    }
  }

  package var type: ValueType { Self.type }
  package var text: String? { written }

  /// What the name after `@` is: `commit` (40 or 64 hexadecimal digits), `version` (`v4`, `1.2.3`), `branch` (anything
  /// else), `none`; for images their kind, for local paths `local`.
  package var kind: String {
    switch form {
    case .local: return "local"
    case .image(let image): return image?.kind ?? "none"
    case .unknown: return "none"
    case .remote(_, _, _, nil): return "none"
    case .remote(_, _, _, let ref?):
      if Self.isCommit(ref) { return "commit" }
      return Self.isVersion(ref) ? "version" : "branch"
    }
  }

  private static func isCommit(_ ref: String) -> Bool {
    (ref.utf8.count == 40 || ref.utf8.count == 64)
      && ref.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
  }

  /// A number with dots, with or without `v` before it and a suffix behind it.
  private static func isVersion(_ ref: String) -> Bool {
    let digits = ref.hasPrefix("v") || ref.hasPrefix("V") ? ref.dropFirst() : ref[...]
    guard let first = digits.utf8.first, (0x30...0x39).contains(first) else { return false }
    return digits.prefix { $0 != "-" && $0 != "+" }.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
  }

  package func member(_ name: String) -> Value? {
    switch (name, form) {
    case ("text", _): .string(written)
    case ("kind", _): .string(kind)
    case ("comment", _): comment.map(Value.string)
    case ("local", .local): .bool(true)
    case ("local", _): .bool(false)
    case ("image", .image(let image)): image.map(Value.object)
    case ("owner", .remote(let owner, _, _, _)): .string(owner)
    case ("name", .remote(_, let name, _, _)): .string(name)
    case ("repository", .remote(let owner, let name, _, _)): .string("\(owner)/\(name)")
    case ("path", .remote(_, _, let path, _)): path.isEmpty ? nil : .string(path)
    case ("path", .local): .string(written)
    case ("ref", .remote(_, _, _, let ref)): ref.map(Value.string)
    default: nil
    }
  }

  package func origin(of member: String) -> Origin? { origin }

  package func isEqual(to other: any ValueObject) -> Bool { (other as? ActionReference)?.written == written }

  static let members = [
    View.Member("text", "as it is written"),
    View.Member("kind", "`commit`, `version`, `branch`, `none` or `local`; of an image `digest`, `tag` or `latest`"),
    View.Member("local", "whether it is a path of the same repository"),
    View.Member("owner", "absent for paths and images"), View.Member("name", "of the repository"),
    View.Member("repository", "owner and name"), View.Member("path", "within the repository; absent at its top"),
    View.Member("ref", "what stands after the `@`"), View.Member("image", "of `docker://`"),
    View.Member("comment", "behind it on its line, without `#`"),
  ]
}
