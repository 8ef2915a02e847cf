internal import Documents
internal import Expressions

// What somebody else writes reaches a job as a variable: a predefined one, one that is made of it, or one that an earlier
// job reports in a dotenv file. A shell expands it without reading it again; what reads it again is for rules to find.

/// Who decides on the text of a job's variables, as `control` of `github.expression` names them.
struct GitLabControls: Sendable {
  /// Texts that the author of a commit or of a merge request chooses.
  /// https://docs.gitlab.com/ci/variables/predefined_variables/
  private static let predefined: [String: String] = {
    var controls: [String: String] = [:]
    for name in [
      "CI_COMMIT_MESSAGE", "CI_COMMIT_TITLE", "CI_COMMIT_DESCRIPTION", "CI_COMMIT_AUTHOR", "CI_COMMIT_REF_NAME",
      "CI_COMMIT_BRANCH", "CI_BUILD_REF_NAME", "CI_MERGE_REQUEST_TITLE", "CI_MERGE_REQUEST_DESCRIPTION",
      "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME", "GITLAB_USER_NAME",
    ] {
      controls[name] = "contributor"
    }
    for name in ["CI_COMMIT_TAG", "CI_COMMIT_TAG_MESSAGE", "CI_MERGE_REQUEST_LABELS", "CI_MERGE_REQUEST_MILESTONE"] {
      controls[name] = "member"
    }
    return controls
  }()

  /// What jobs report in dotenv files.
  private(set) var reported: [String: String] = [:]

  private static let maxDepth = 5
  private static let scriptNames = ["before_script", "script", "after_script"]

  /// Looks through a job for what it reports.
  mutating func add(_ job: MergedTree) {
    guard job["artifacts"]?["reports"]?["dotenv"] != nil else { return }
    let variables = job["variables"]
    for name in Self.scriptNames {
      guard let script = job[name] else { continue }
      for line in Self.lines(script).prefix(500) {
        guard let (name, control) = Self.assignment(in: line, variables: variables) else { continue }
        reported[name] = control
      }
    }
  }

  private static func lines(_ tree: MergedTree, depth: Int = 0) -> [Substring] {
    if let text = tree.text { return text.split(whereSeparator: \.isNewline) }
    guard depth < 10 else { return [] }
    return (tree.elements ?? []).flatMap { lines($0, depth: depth + 1) }
  }

  /// `echo "NAME=$TITLE" >> build.env`, and its likes.
  private static func assignment(in line: Substring, variables: MergedTree?) -> (String, String)? {
    guard let sign = line.firstIndex(of: "=") else { return nil }
    let before = line[..<sign].reversed().prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
    let name = String(before.reversed())
    guard !name.isEmpty, let control = control(of: String(line[sign...]), variables: variables, reported: [:], depth: 0)
    else { return nil }
    return (name, control)
  }

  /// Who decides on a text with variables in it; `nil` where nobody does.
  private static func control(
    of text: String, variables: MergedTree?, reported: [String: String], depth: Int
  ) -> String? {
    guard depth < maxDepth, text.utf8.count < 10_000 else { return nil }
    var found: String?
    for part in text.split(separator: "$", omittingEmptySubsequences: false).dropFirst().prefix(50) {
      let name = String(
        (part.first == "{" ? part.dropFirst() : part).prefix { $0 == "_" || $0.isLetter || $0.isNumber })
      var control = predefined[name] ?? reported[name]
      if control == nil, let variable = variables?[name] {
        let text = variable.text ?? variable["value"]?.text ?? ""
        control = Self.control(of: text, variables: variables, reported: reported, depth: depth + 1)
      }
      if control == "contributor" { return control }
      found = found ?? control
    }
    return found
  }

  /// All variables of a job that others decide on.
  func value(variables: MergedTree?) -> Value {
    var fields = Self.predefined.keys.sorted().map { ViewRecord.Field($0, .string(Self.predefined[$0] ?? "")) }
    fields += reported.keys.sorted().map { ViewRecord.Field($0, .string(reported[$0] ?? "")) }
    let own = (variables?.entries ?? []).compactMap { entry -> ViewRecord.Field? in
      let text = entry.value.text ?? entry.value["value"]?.text ?? ""
      let control = Self.control(of: text, variables: variables, reported: reported, depth: 0)
      return control.map { ViewRecord.Field(entry.name, .string($0), at: entry.origin) }
    }
    let names = Set((variables?.entries ?? []).map(\.name))
    return .map(ViewRecord(own + fields.filter { !names.contains($0.name) }))
  }
}
