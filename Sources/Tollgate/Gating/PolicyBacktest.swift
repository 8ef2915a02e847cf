internal import Findings
public import Gating
internal import Sources

/// A policy, replayed over the last commits of a branch: what it would have stopped, had it stood there.
public struct PolicyBacktest: Sendable {
  /// One commit.
  public struct Step: Sendable {
    public var commit: String
    public var subject: String
    public var day: Day
    public var verdict: Verdict
  }

  /// The newest first.
  public var steps: [Step]

  /// Judges what each commit brought, against its first parent, on the day on which it was made.
  ///
  /// - Parameters:
  ///   - policy: the draft.
  ///   - count: how many commits.
  ///   - directory: within the repository; `nil`: the current one.
  public init(
    _ policy: Policy, scanner: PolicyScanner, last count: Int, of revision: String = "HEAD",
    stage: Stage = .pullRequest,
    directory: String? = nil
  ) async throws {
    let commits: [(id: String, day: String, subject: String)]
    do throws(GitFailure) {
      commits = try GitBase.commits(of: revision, last: min(max(1, count), 10_000) + 1, path: directory)
    } catch {
      throw ScanRequestError(description: "\(error)")
    }
    steps = []
    for (commit, parent) in zip(commits, commits.dropFirst()) {
      let request = ScanRequest(
        .git(.diff("\(parent.id)..\(commit.id)"), directory: directory), excludes: policy.scanSettings.excludes)
      let report = try await scanner.scan(request)
      let day = Day(commit.day) ?? Day(number: 0)
      let gate = Gate(policy: policy, stage: stage, asOf: day, reach: .unknown)
      steps.append(Step(commit: commit.id, subject: commit.subject, day: day, verdict: gate.decide(report)))
    }
  }

  /// How often each rule stopped a commit, most often first.
  public var blockingRules: [(rule: String, commits: Int)] {
    var counts: [String: Int] = [:]
    for step in steps {
      for rule in Set(step.verdict.blocking.map(\.ruleID)) { counts[rule, default: 0] += 1 }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}
