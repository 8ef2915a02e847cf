package import Expressions

/// The name of a container image in its parts.
///
/// The grammar and the defaults are those of https://github.com/distribution/reference: a first component with a dot, a
/// colon or upper case letters, or `localhost`, is the registry; without one it is Docker Hub, and a single name there is
/// below `library`.
package final class ImageReference: ValueObject, Located {
  package static let type = ValueType("image.Reference")

  /// As it is written.
  package let written: String
  /// With the port, if one is given: `docker.io`, `registry.example:5000`.
  package let registry: String
  /// Without the registry: `library/nginx`.
  package let repository: String
  package let tag: String?
  /// With the algorithm: `sha256:…`.
  package let digest: String?
  private let origin: Origin?

  /// - Returns: `nil` for a text that names no image.
  package init?(_ text: String, at origin: Origin? = nil) {
    written = text
    self.origin = origin
    var rest = Substring(text)
    if rest.hasPrefix("docker://") { rest = rest.dropFirst(9) }
    var digest: String?
    if let at = rest.firstIndex(of: "@") {
      digest = String(rest[rest.index(after: at)...])
      rest = rest[..<at]
      guard digest?.contains(":") == true else { return nil }
    }
    var tag: String?
    let lastSlash = rest.lastIndex(of: "/") ?? rest.startIndex
    if let colon = rest[lastSlash...].lastIndex(of: ":") {
      tag = String(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
    }
    guard !rest.isEmpty, tag?.isEmpty != true,
      rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.forbidden.contains($0) })
    else { return nil }
    var components = rest.split(separator: "/", omittingEmptySubsequences: false)
    guard components.allSatisfy({ !$0.isEmpty }) else { return nil }
    var registry = "docker.io"
    if components.count > 1, Self.isRegistry(components[0]) {
      registry = String(components.removeFirst())
      if registry == "index.docker.io" || registry == "registry-1.docker.io" { registry = "docker.io" }
    }
    if registry == "docker.io", components.count == 1 { components.insert("library", at: 0) }
    self.registry = registry
    repository = components.joined(separator: "/")
    self.tag = tag
    self.digest = digest
  }

  private static let forbidden: Set<UInt8> = Set("$\"'`\\<>|&;(){}[]*?!#,=".utf8)

  private static func isRegistry(_ component: Substring) -> Bool {
    component.contains(".") || component.contains(":") || component == "localhost"
      || component.contains(where: \.isUppercase)
  }

  package var type: ValueType { Self.type }
  package var text: String? { written }

  /// What fixes its content: `digest` for ever, `tag` until somebody moves it, `latest` (written or implied) from day to
  /// day.
  package var kind: String {
    if digest != nil { return "digest" }
    return tag == nil || tag == "latest" ? "latest" : "tag"
  }

  package func member(_ name: String) -> Value? {
    switch name {
    case "text": .string(written)
    case "registry": .string(registry)
    case "repository": .string(repository)
    case "name": .string(repository.split(separator: "/").last.map(String.init) ?? repository)
    case "tag": tag.map(Value.string)
    case "digest": digest.map(Value.string)
    case "kind": .string(kind)
    default: nil
    }
  }

  package func origin(of member: String) -> Origin? { origin }

  package func isEqual(to other: any ValueObject) -> Bool {
    guard let other = other as? ImageReference else { return false }
    return (registry, repository, tag, digest) == (other.registry, other.repository, other.tag, other.digest)
  }

  static let members = [
    View.Member("text", "as it is written"), View.Member("registry", "with its port; `docker.io` where none is named"),
    View.Member("repository", "without the registry, such as `library/nginx`"),
    View.Member("name", "the last component of the repository"), View.Member("tag", "absent where none is written"),
    View.Member("digest", "with the algorithm; absent where none is written"),
    View.Member("kind", "`digest`, `tag` or `latest` (also where no tag is written)"),
  ]
}
