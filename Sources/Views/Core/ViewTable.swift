/// All views, by name and by kind of file.
package enum ViewTable {
  /// In the order of the documentation.
  package static let all: [View] =
    GitHubViews.all + GitLabViews.all + DockerfileViews.all + ComposeViews.all + ShellViews.all + ImageViews.all
    + KeyValueViews.all

  package static func view(named name: String) -> View? { byName[name] }

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
