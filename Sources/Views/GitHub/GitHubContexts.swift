// Who writes what a context holds. The events and members are those of
// https://docs.github.com/en/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks
// and of the payloads in https://docs.github.com/en/webhooks/webhook-events-and-payloads. Names of accounts and
// repositories, numbers and commits are left out: their characters do no harm in a script.

/// Who decides on a text that a workflow reads, the strongest first.
enum GitHubControl: String, CaseIterable, Comparable, Sendable {
  /// Anyone with an account, in a run that has the rights and the secrets of the repository.
  case stranger
  /// Anyone, but in a run that has neither, or after a member merged it.
  case contributor
  /// Who may push, or start a workflow.
  case member
  /// Whoever calls a reusable workflow or an action.
  case caller
  /// Nobody can tell from the files.
  case unknown
  /// No text that anybody chooses.
  case none

  static func < (left: GitHubControl, right: GitHubControl) -> Bool { left.weight < right.weight }

  private var weight: Int { Self.allCases.firstIndex(of: self).map { -$0 } ?? 0 }
}

enum GitHubContexts {
  /// Events that anyone can set off and that run with the rights of the repository.
  /// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
  static let exposedEvents: Set<String> = [
    "pull_request_target", "workflow_run", "issues", "issue_comment", "commit_comment", "discussion",
    "discussion_comment", "gollum", "fork", "watch",
  ]

  private static let pullRequests: Set<String> = [
    "pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment",
  ]
  /// Events that name a branch or tag of the repository itself.
  private static let refs: Set<String> = [
    "push", "create", "delete", "release", "workflow_dispatch", "deployment", "deployment_status", "registry_package",
  ]

  /// A context and the events that fill it in; `*` stands for one name.
  private struct Row {
    let path: [String]
    let events: Set<String>
    let isOfMembers: Bool

    init(_ path: String, _ events: Set<String>, isOfMembers: Bool = false) {
      self.path = path.split(separator: ".").map(String.init)
      self.events = events
      self.isOfMembers = isOfMembers
    }
  }

  private static let rows: [Row] = {
    var rows = [
      Row("github.head_ref", ["pull_request", "pull_request_target"]),
      Row("github.event.comment.body", ["issue_comment", "commit_comment", "discussion_comment"]),
      Row("github.event.comment.body", ["pull_request_review_comment"]),
      Row("github.event.review.body", ["pull_request_review"]),
      Row("github.event.review_comment.body", ["pull_request_review_comment"]),
      Row("github.event.pages.*.page_name", ["gollum"]), Row("github.event.pages.*.title", ["gollum"]),
      Row("github.event.pages.*.summary", ["gollum"]), Row("github.event.forkee.description", ["fork"]),
    ]
    for (thing, events) in [
      ("issue", ["issues", "issue_comment"]), ("discussion", ["discussion", "discussion_comment"]),
      ("pull_request", pullRequests), ("changes.title.from", ["issues", "discussion"]),
      ("changes.body.from", ["issues", "discussion"]),
    ] as [(String, Set<String>)] {
      let members = thing.hasPrefix("changes") ? [""] : [".title", ".body"]
      for member in members { rows.append(Row("github.event.\(thing)\(member)", events)) }
    }
    for member in ["ref", "label", "repo.default_branch", "repo.description", "repo.homepage"] {
      rows.append(Row("github.event.pull_request.head.\(member)", pullRequests))
    }
    for member in [
      "head_branch", "display_title", "head_repository.description", "pull_requests.*.head.ref", "head_commit.message",
      "head_commit.author.name", "head_commit.author.email", "head_commit.committer.name",
      "head_commit.committer.email",
    ] {
      rows.append(Row("github.event.workflow_run.\(member)", ["workflow_run"]))
    }
    for commit in ["head_commit", "commits.*"] {
      for member in ["message", "author.name", "author.email", "committer.name", "committer.email"] {
        rows.append(Row("github.event.\(commit).\(member)", ["push"]))
      }
    }
    for ref in ["github.ref", "github.ref_name", "github.event.ref", "github.event.base_ref"] {
      rows.append(Row(ref, refs, isOfMembers: true))
    }
    for (path, events) in [
      ("base_ref", ["pull_request", "pull_request_target"]), ("event.pull_request.base.ref", pullRequests),
      ("event.inputs.*", ["workflow_dispatch"]),
      ("event.client_payload.*", ["repository_dispatch"]), ("event.action", ["repository_dispatch"]),
      ("event.release.name", ["release"]), ("event.release.body", ["release"]),
      ("event.release.tag_name", ["release"]), ("event.release.target_commitish", ["release"]),
      ("event.milestone.title", ["milestone", "issues"]), ("event.milestone.description", ["milestone", "issues"]),
      ("event.label.name", ["label", "issues", "pull_request", "pull_request_target"]),
      ("event.deployment.ref", ["deployment", "deployment_status"]),
      ("event.deployment.payload", ["deployment", "deployment_status"]),
      ("event.deployment.description", ["deployment", "deployment_status"]),
      ("event.deployment.environment", ["deployment", "deployment_status"]),
    ] as [(String, Set<String>)] {
      rows.append(Row("github.\(path)", events, isOfMembers: true))
    }
    return rows
  }()

  /// Who decides on a context of `github`.
  ///
  /// - Parameters:
  ///   - path: in lower case. One that stands for a whole object is as good as the worst that lies in it.
  ///   - events: those that start the workflow; `nil` where a caller decides on them.
  static func control(of path: String, events: Set<String>?) -> GitHubControl {
    let names = path.split(separator: ".").map(String.init)
    guard names.first == "github" else { return .none }
    var worst = GitHubControl.none
    for row in rows where matches(names, row.path) {
      worst = max(worst, control(of: row, events: events))
      if worst == .stranger { break }
    }
    return worst
  }

  private static func control(of row: Row, events: Set<String>?) -> GitHubControl {
    guard let events else { return row.isOfMembers ? .member : .stranger }
    let filling = row.events.intersection(events)
    if filling.isEmpty {
      // A workflow that others call gets the event of its caller.
      guard events.contains("workflow_call") else { return .none }
      return row.isOfMembers ? .member : .contributor
    }
    if row.isOfMembers { return .member }
    return filling.isDisjoint(with: exposedEvents) ? .contributor : .stranger
  }

  /// Whether one of two ways leads to the other.
  private static func matches(_ names: [String], _ row: [String]) -> Bool {
    zip(names, row).allSatisfy { $0 == $1 || $0 == "*" || $1 == "*" }
  }

  /// Variables that every run has and that hold a context.
  static let variables = [
    "GITHUB_HEAD_REF": "github.head_ref", "GITHUB_REF_NAME": "github.ref_name", "GITHUB_REF": "github.ref",
    "GITHUB_BASE_REF": "github.base_ref",
  ]

  /// Outputs of actions of others that hold names of files or branches as a pull request has them.
  private static let outputs: [(repository: String, output: String, context: String)] = [
    ("tj-actions/changed-files", "", "github.event.pull_request.head.ref"),
    ("tj-actions/branch-names", "", "github.head_ref"),
    ("dorny/paths-filter", "_files", "github.event.pull_request.head.ref"),
    ("xt0rted/pull-request-comment-branch", "head_ref", "github.event.comment.body"),
    ("alessbell/pull-request-comment-branch", "head_ref", "github.event.comment.body"),
  ]

  /// The context that an output is as dangerous as; `nil` for an output that nothing is known of.
  static func context(ofOutput output: String, of repository: String) -> String? {
    outputs.first { $0.repository == repository.lowercased() && output.hasSuffix($0.output) }?.context
  }
}
