internal import Documents
internal import Expressions

/// The `permissions` of a workflow or a job, with every scope: what is not named gets `none`, and `read-all` and
/// `write-all` name all.
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
final class GitHubPermissions: MapProvider, Located {
  /// In the order of the documentation.
  static let scopes = [
    "actions", "attestations", "checks", "contents", "deployments", "discussions", "id-token", "issues", "models",
    "packages", "pages", "pull-requests", "security-events", "statuses",
  ]

  private let entry: Node.Entry
  private let file: OriginFile
  private let names: [String]

  init(_ entry: Node.Entry, in file: OriginFile) {
    self.entry = entry
    self.file = file
    let others = (entry.value.entries ?? []).compactMap { $0.key.text }.filter { !Self.scopes.contains($0) }
    names = Self.scopes + others
  }

  var count: Int { names.count }
  func key(at index: Int) -> Value { .string(names[index]) }

  func value(for key: MapKey) -> Value? {
    guard case .string(let name) = key else { return nil }
    return member(name)
  }

  func member(_ name: String) -> Value? {
    guard names.contains(name) else { return nil }
    if let node = entry.value[name] { return node.value(in: file) }
    switch entry.value.text {
    // There is no permission to write models (https://docs.github.com/en/rest/models).
    case "write-all"?: return .string(name == "models" ? "read" : "write")
    case "read-all"?: return .string(name == "id-token" ? "none" : "read")
    default: return .string("none")
    }
  }

  func origin(of member: String) -> Origin? {
    guard names.contains(member) else { return nil }
    return Origin(entry.value.entry(member) ?? entry, in: file)
  }
}
