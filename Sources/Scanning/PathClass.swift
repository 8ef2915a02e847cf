internal import Findings
internal import Matching

/// What the place of a file says about a credential in it: it counts less there, but it counts.
///
/// People paste credentials that work into tests and examples, so such files are never left out.
enum PathClass: String {
  case test = "test code"
  case example = "an example"
  case documentation = "documentation"
  case vendored = "code of others"

  /// - Returns: `nil` for files that are the project's own work and run.
  init?(_ path: SourcePath) {
    let components = path.bytes.map(\.asciiLowercased).split(separator: UInt8(ascii: "/"))
    guard let name = components.last else { return nil }
    let folders = components.dropLast()
    func isIn(_ names: [String]) -> Bool {
      folders.contains { folder in names.contains { folder.elementsEqual($0.utf8) } }
    }
    func isNamed(_ marks: [String]) -> Bool { marks.contains { Array(name).holds(Array($0.utf8)) } }
    if isIn(["vendor", "vendored", "_vendor", "third_party", "third-party", "node_modules", "bower_components"]) {
      self = .vendored
    } else if isIn(["test", "tests", "testing", "testdata", "__tests__", "spec", "specs", "fixtures", "mocks", "e2e"])
      || isNamed([
        "test_", "_test.", ".test.", "tests.", ".spec.", "_spec.", "conftest", "test.java", "test.php", "test.kt",
      ])
    {
      self = .test
    } else if isIn(["example", "examples", "sample", "samples", "demo", "demos"])
      || isNamed([".example", ".sample", "example.", "sample."])
    {
      self = .example
    } else if isIn(["doc", "docs", "documentation", "man"])
      || [".md", ".rst", ".adoc", ".pod"].contains(where: { name.suffix($0.utf8.count).elementsEqual($0.utf8) })
    {
      self = .documentation
    } else {
      return nil
    }
  }

  /// One step less, but never a note: notes are no findings to act on.
  static func lowered(_ severity: Severity) -> Severity {
    switch severity {
    case .critical: .high
    case .high: .medium
    case .medium, .low: .low
    case .note: .note
    }
  }
}
