import Testing

@testable import Views

@Suite("The views of GitHub Actions")
struct GitHubViewTests {
  private static let path = ".github/workflows/a.yml"

  private static let workflow = """
    name: CI
    on: {push: {branches: [main]}, pull_request_target: null}
    permissions: {contents: read}
    env: {A: top, B: top}
    defaults: {run: {shell: sh, working-directory: src}}
    jobs:
      one:
        runs-on: ubuntu-latest
        env: {B: job}
        container: node:20
        environment: prod
        needs: two
        steps:
          - uses: actions/checkout@v4 # pinned soon
            with: {token: "${{ secrets.T }}", fetch-depth: 0}
          - run: |
              echo "${{ env.B }}"
              make
            env: {C: step, A: "${{ github.event.issue.title }}"}
      two:
        runs-on: [self-hosted, "${{ matrix.x }}"]
        permissions: write-all
        if: github.event_name == 'push' && always()
        services: {db: {image: "postgres"}}
        steps:
          - {run: dir, shell: pwsh}
          - {run: "echo ${{ env.A }}", env: {A: "${{ github.head_ref }}"}}

    """

  private static func values(_ expression: String, _ view: String) throws -> [String] {
    try ViewSample.values(expression, view, workflow, path: path).map { $0.replacing("\"", with: "") }
  }

  @Test(
    "give steps with what they inherit",
    arguments: [
      ("self.index", ["0", "1", "0", "1"]), ("self.job.id", ["one", "one", "two", "two"]),
      ("has(self.uses) ? self.uses.kind : ''", ["version", "", "", ""]),
      ("has(self.uses) ? self.uses.comment : ''", ["pinned soon", "", "", ""]),
      ("has(self.shell) ? self.shell : ''", ["", "sh", "pwsh", "sh"]),
      ("self.env.B", ["job", "job", "top", "top"]),
      ("has(self.env.C)", ["false", "true", "false", "false"]),
      ("has(self.run) ? self.run.commands.map(c, c.name) : []", ["[]", "[echo, make]", "[]", "[echo]"]),
      ("'working-directory' in self", ["false", "true", "true", "true"]),
      ("self.workflow.triggers", Array(repeating: "[push, pull_request_target]", count: 4)),
    ])
  func steps(expression: String, expected: [String]) throws {
    #expect(try Self.values(expression, "github.step") == expected)
  }

  @Test("take a text with an expression in it for unknown, and show it as raw")
  func unknown() throws {
    let values = try Self.values("has(self.with) ? self.with.token == 'x' : false", "github.step")
    #expect(values[0].contains("unknown"))
    #expect(values[1] == "false")
    #expect(try Self.values("has(self.with) ? self.raw.with.token : ''", "github.step")[0].contains("secrets.T"))
    #expect(try Self.values("has(self.with) ? self.with['fetch-depth'] : 1", "github.step")[0] == "0")
  }

  @Test(
    "give jobs with permissions, containers and environments in one form",
    arguments: [
      ("self.permissions.contents", ["read", "write"]), ("self.permissions.issues", ["none", "write"]),
      ("self.permissions.exists(s, self.permissions[s] == 'write')", ["false", "true"]),
      ("has(self.container) ? self.container.image.repository : ''", ["library/node", ""]),
      ("has(self.services) ? self.services.db.image.kind : ''", ["", "latest"]),
      ("has(self.environment) ? self.environment.name : ''", ["prod", ""]),
      ("has(self.needs) ? self.needs : []", ["[two]", "[]"]), ("self.steps.size()", ["2", "2"]),
      ("'if' in self ? self['if'].contexts : []", ["[]", "[github.event_name]"]),
      ("'if' in self ? self['if'].functions : []", ["[]", "[always]"]),
      ("self.labels.size()", ["1", "2"]),
    ])
  func jobs(expression: String, expected: [String]) throws {
    #expect(try Self.values(expression, "github.job") == expected)
  }

  @Test("say nothing of permissions where none are declared")
  func absentPermissions() throws {
    let text = "on: push\njobs: {a: {steps: []}}"
    #expect(try ViewSample.values("has(self.permissions)", "github.job", text, path: Self.path) == ["false"])
    let empty = "on: push\npermissions: {}\njobs: {a: {steps: []}}"
    #expect(try ViewSample.values("self.permissions.contents", "github.job", empty, path: Self.path) == ["\"none\""])
  }

  @Test("give each expression at its own place, and follow env")
  func expressions() throws {
    let flows = try Self.values("self.place + ' ' + self.flows.join(',')", "github.expression")
    #expect(
      flows == [
        "with secrets.t", "run env.b", "env github.event.issue.title", "runs-on matrix.x", "if ",
        "run env.a,github.head_ref", "env github.head_ref",
      ])
    let places = try ViewSample.places(nil, "github.expression", Self.workflow, path: Self.path)
    #expect(places.contains("${{ env.B }}"))
    #expect(places.contains("github.event_name == 'push' && always()"))
  }

  @Test("point to members, and to what is there where they are absent")
  func places() throws {
    func places(_ member: String?, _ view: String) throws -> [String] {
      try ViewSample.places(member, view, Self.workflow, path: Self.path)
    }
    #expect(try places("uses", "github.step")[0] == "uses: actions/checkout@v4")
    #expect(try places("with.token", "github.step")[0] == "token: \"${{ secrets.T }}\"")
    #expect(try places("with.absent", "github.step")[0] == "with")
    #expect(try places("absent", "github.step")[1].hasPrefix("run: |"))
    #expect(try places("permissions.contents", "github.job") == ["contents: read", "permissions: write-all"])
    #expect(try places(nil, "github.job") == ["one", "two"])
    #expect(try places("env.B", "github.job") == ["B: job", "B: top"])
    #expect(try places("container.image", "github.job")[0] == "container: node:20")
  }

  @Test("give the steps of composite actions")
  func action() throws {
    let text = "name: a\nruns: {using: composite, steps: [{run: make, shell: bash}, {uses: ./x}]}\n"
    #expect(
      try ViewSample.values("self.action.using", "github.step", text, path: "action.yml") == [
        "\"composite\"", "\"composite\"",
      ])
    #expect(try ViewSample.values("self.name", "shell.command", text, path: "action.yml") == ["\"make\""])
  }

  @Test(
    "find what can come out of an expression",
    arguments: [
      ("a.b == 'x' && a.c || 'd'", ["a.b", "a.c"], ["a.c"]), ("format('{0}', a['b'].C[0])", ["a.b.c.*"], ["a.b.c.*"]),
      ("contains(a.b, c.d)", ["a.b", "c.d"], []), ("fromJSON(a.b).c", ["a.b"], ["a.b"]), ("!a", ["a"], []),
      ("a[b.c]", ["b.c", "a.*"], ["a.*"]), ("a.*.b", ["a.*.b"], ["a.*.b"]),
      ("(a || b.c)", ["a", "b.c"], ["a", "b.c"]),
      ("'it''s' && 0x1F && -1.5e3 && a-b.c-d", ["a-b.c-d"], ["a-b.c-d"]), ("hashFiles('x')", [], []),
    ])
  func flows(text: String, contexts: [String], flows: [String]) throws {
    let expression = try GitHubTemplate.expression(Array(text.utf8)).get()
    #expect(expression.contexts == contexts)
    #expect(expression.flows == flows)
  }

  @Test(
    "refuse what is no expression",
    arguments: ["", "a.", "a ==", "'x", "a = b", "(a", "a b", "f(a,", "a[", "a & b", "$x"])
  func noExpression(text: String) {
    #expect(throws: GitHubExpressionParser.Failure.self) { try GitHubTemplate.expression(Array(text.utf8)).get() }
  }
}
