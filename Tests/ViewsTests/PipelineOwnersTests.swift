import Testing

@testable import Views

@Suite("The owners of a workflow")
struct PipelineOwnersTests {
  private static let path = ".github/workflows/a.yml"
  private static let text = "on: push\njobs: {b: {steps: []}}"

  private static func owned(_ owners: String?, at place: String = ".github/CODEOWNERS") throws -> String {
    var others = [path: text]
    others[place] = owners
    return try ViewSample("github.workflow", text, path: path, others: others).result("self.owned")
  }

  @Test(
    "are those of the last line that matches",
    arguments: [
      ("* @a", "true"), ("*.yml @a", "true"), ("/.github/ @a", "true"), (".github/workflows/ @a", "true"),
      ("/.github @a", "true"), ("/.github/** @a", "true"), ("/.github/workflows/*.yml @a", "true"),
      ("workflows/ @a", "true"), ("/workflows/ @a", "false"), ("/.github/* @a", "false"), ("/docs/ @a", "false"),
      ("* @a\n/.github/", "false"), ("/.github/ # @a", "false"), ("# * @a", "false"), ("", "false"),
    ])
  func lines(owners: String, expected: String) throws {
    #expect(try Self.owned(owners) == expected)
  }

  @Test("are looked for in three places, and unknown where no file can be read")
  func places() throws {
    #expect(try Self.owned("* @a", at: "CODEOWNERS") == "true")
    #expect(try Self.owned("* @a", at: "docs/CODEOWNERS") == "true")
    #expect(try Self.owned(nil) == "false")
    #expect(try ViewSample("github.workflow", Self.text, path: Self.path).result("self.owned") == "unknown")
  }

  @Test("of permissions: those without a comment behind or above them are undocumented")
  func undocumented() throws {
    let text = """
      on: push
      permissions:
        contents: read
        # for signing
        id-token: write
        packages: write # for images
        issues: none
        pull-requests: write
      jobs: {b: {steps: []}}
      """
    let sample = try ViewSample("github.workflow", text, path: Self.path)
    #expect(try sample.result("self.undocumented.join(' ')") == "contents pull-requests")
    #expect(try sample.place("undocumented[1]") == "\(Self.path): pull-requests: write")
  }
}
