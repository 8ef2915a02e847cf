internal import Findings
internal import Gating
internal import Sources

/// A first policy for a repository, by what is in it.
public struct PolicyDraft: Sendable {
  /// A pipeline that a repository has.
  public enum Pipeline: String, CaseIterable, Sendable {
    case github, gitlab

    /// The file that runs the gate there.
    public var path: String {
      switch self {
      case .github: ".github/workflows/tollgate.yml"
      case .gitlab: ".gitlab/tollgate.yml"
      }
    }
  }

  /// Directories of tests, and of code that other people wrote, as far as there are any.
  public var testDirectories: [String]
  public var vendoredDirectories: [String]
  /// Whether there is a pipeline.
  public var pipelines: [Pipeline]
  private let name: String

  private static let testNames: Set<String> = [
    "test", "tests", "testing", "spec", "specs", "__tests__", "fixtures", "testdata", "test_data", "e2e",
  ]
  private static let vendorNames: Set<String> = [
    "vendor", "vendored", "third_party", "third-party", "node_modules", "external",
  ]

  /// Looks at the names of the files that a scan of the directory would read.
  public init(directory: String) async throws(ScanRequestError) {
    let tree: FileTree
    do throws(FileTree.Failure) {
      tree = try FileTree([directory])
    } catch {
      throw ScanRequestError(description: error.description)
    }
    let files = await tree.list().files
    var (tests, vendored): (Set<String>, Set<String>) = ([], [])
    for file in files {
      for part in file.bytes.split(separator: UInt8(ascii: "/")).dropLast() {
        let word = String(decoding: part, as: UTF8.self)
        if Self.testNames.contains(word.lowercased()) { tests.insert(word) }
        if Self.vendorNames.contains(word.lowercased()) { vendored.insert(word) }
      }
    }
    testDirectories = tests.sorted()
    vendoredDirectories = vendored.sorted()
    let texts = Set(files.map(\.description))
    pipelines = []
    if texts.contains(where: { $0.hasPrefix(".github/workflows/") }) { pipelines.append(.github) }
    if texts.contains(".gitlab-ci.yml") { pipelines.append(.gitlab) }
    let letters = String(decoding: tree.root.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self).lowercased()
    let id = letters.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let trimmed = String(id).split(separator: "-").joined(separator: "-")
    name = trimmed.isEmpty ? "policy" : trimmed
  }

  /// The text of `.tollgate.yml`.
  public var text: String {
    var lines = [
      "# The policy of the gate: https://github.com/tollgate-scanner/tollgate/blob/main/docs/gate.md",
      "# What it does not say the built-in policy says: tollgate policy show", "version: 1", "id: \(name)", "",
    ]
    if !vendoredDirectories.isEmpty {
      lines += [
        "# Other people's code. Better than leaving it out is to be told and not stopped, as here; to leave it out write",
        "# exclude: [\(vendoredDirectories.joined(separator: ", "))]", "",
      ]
    }
    lines.append("rules:")
    if !testDirectories.isEmpty {
      lines += [
        "  # Values in tests are mostly made up; those that a checksum proves are not.",
        "  - id: tests", "    match: {paths: [\(Self.list(testDirectories))], not: {proof: proved}}", "    then: audit",
      ]
    }
    if !vendoredDirectories.isEmpty {
      lines += ["  - id: vendored", "    match: {paths: [\(Self.list(vendoredDirectories))]}", "    then: warn"]
    }
    lines += [
      "  # What a checksum proves is a credential stops everybody, old or new; the grace below gives time to revoke it.",
      "  - id: proved-credentials", "    match: {credential: true, proof: proved}", "    then: deny", "",
      "# Days that a finding which the baseline knows may stay.", "grace: {critical: 30, high: 90}", "",
      "# Nothing may hide from the scan.", "require:", "  notScanned: 5%", "  limits: {match-limit: 0}", "",
      "# The most days that somebody may accept a finding (tollgate accept).", "exceptions:",
      "  caps: {critical: 30, high: 90, medium: 180}", "  warnBefore: 14", "", "# Cases for tollgate policy test.",
      "tests:",
      "  - name: a new credential in the code is denied",
      "    finding: {rule: github-personal-access-token, path: src/app.py, severity: critical, proof: proved}",
      "    expect: deny", "  - name: what was there before and is not proved is a warning",
      "    finding: {rule: generic-quoted-credential, path: src/app.py, state: existing}", "    expect: warn",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The names as YAML's plain or quoted words.
  private static func list(_ names: [String]) -> String {
    names.map { name in name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" } ? name : "'\(name)'" }
      .joined(separator: ", ")
  }

  /// The text of the file that runs the gate in a pipeline.
  public static func text(of pipeline: Pipeline) -> String {
    switch pipeline {
    case .github:
      """
      name: tollgate
      on:
        pull_request:
        push: {branches: [main]}
      permissions:
        contents: read
      jobs:
        gate:
          runs-on: ubuntu-latest
          steps:
            # Pin this to a commit. The gate compares with the merge base, so that the whole history is needed.
            - uses: actions/checkout@v5
              with: {fetch-depth: 0, persist-credentials: false}
            # Put tollgate on the PATH here, from where your organisation keeps it.
            - if: github.event_name == 'pull_request'
              run: tollgate check --diff "origin/$GITHUB_BASE_REF" --verdict "markdown=$GITHUB_STEP_SUMMARY"
            - if: github.event_name == 'push'
              run: tollgate check . --verdict "markdown=$GITHUB_STEP_SUMMARY"

      """
    case .gitlab:
      """
      # include: {local: .gitlab/tollgate.yml} in .gitlab-ci.yml
      tollgate:
        stage: test
        # An image with tollgate on its PATH.
        image: $TOLLGATE_IMAGE
        variables: {GIT_DEPTH: "0"}
        script:
          - |
            if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ]
            then tollgate check --diff "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --verdict json=verdict.json
            else tollgate check . --verdict json=verdict.json
            fi
        artifacts: {when: always, paths: [verdict.json]}

      """
    }
  }
}
