/// What rules see of Compose files.
enum ComposeViews {
  static let all: [View] = []
}
