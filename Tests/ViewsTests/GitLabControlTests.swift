import Testing

@testable import Views

@Suite("Who decides on the variables of a job of GitLab")
struct GitLabControlTests {
  private static func control(_ name: String, _ text: String, at index: Int = 0) throws -> String {
    let sample = try ViewSample("gitlab.job", text, path: ".gitlab-ci.yml")
    return try sample.result("'\(name)' in self.controls ? self.controls['\(name)'] : 'nobody'", at: index)
  }

  @Test("is known of predefined variables, unless the pipeline sets them")
  func predefined() throws {
    #expect(try Self.control("CI_COMMIT_MESSAGE", "b: {script: [x]}") == "contributor")
    #expect(try Self.control("CI_COMMIT_TAG", "b: {script: [x]}") == "member")
    #expect(try Self.control("CI_COMMIT_SHA", "b: {script: [x]}") == "nobody")
    #expect(try Self.control("CI_COMMIT_TITLE", "b: {variables: {CI_COMMIT_TITLE: x}, script: [x]}") == "nobody")
  }

  @Test("is followed through variables, templates and global variables")
  func variables() throws {
    let text = """
      variables: {A: "on ${CI_COMMIT_BRANCH}"}
      .t: {variables: {B: {value: $A}}}
      b: {extends: .t, variables: {C: "$B $CI_COMMIT_SHA", D: $CI_COMMIT_SHA}, script: [x]}
      """
    for (name, expected) in [("A", "contributor"), ("B", "contributor"), ("C", "contributor"), ("D", "nobody")] {
      #expect(try Self.control(name, text) == expected, "\(name)")
    }
  }

  @Test("is followed through what a job reports in a dotenv file")
  func dotenv() throws {
    let text = """
      a: {script: ['echo "T=$CI_MERGE_REQUEST_TITLE" > x.env'], artifacts: {reports: {dotenv: x.env}}}
      b: {needs: [a], script: [x]}
      """
    #expect(try Self.control("T", text, at: 1) == "contributor")
    let kept = "a: {script: ['echo \"T=$CI_MERGE_REQUEST_TITLE\" > x.env']}\nb: {script: [x]}"
    #expect(try Self.control("T", kept, at: 1) == "nobody")
  }

  @Test("ends, where variables name each other")
  func circles() throws {
    #expect(try Self.control("A", "variables: {A: $B, B: $A}\nb: {script: [x]}") == "nobody")
  }
}
