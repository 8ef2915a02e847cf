import Expressions
import Testing

@testable import Views

@Suite("What an expression of GitHub is made of")
struct GitHubFlowTests {
  private static let path = ".github/workflows/a.yml"

  /// The sources of the last expression of a workflow, as `context control`.
  private static func sources(_ text: String, others: [String: String] = [:], path: String = path) throws -> [String] {
    let sample = try ViewSample("github.expression", text, path: path, others: others)
    let last = sample.elements.count - 1
    let count = Int(try sample.result("string(self.sources.size())", at: last)) ?? 0
    return try (0..<count).map {
      try sample.result("self.sources[\($0)].context + ' ' + self.sources[\($0)].control", at: last)
    }
  }

  private static func control(_ context: String, on event: String) throws -> String {
    let text = "on: \(event)\njobs: {b: {steps: [{run: \"${{ \(context) }}\"}]}}"
    let sample = try ViewSample("github.expression", text, path: path)
    return try sample.result("self.control")
  }

  @Test(
    "say who decides on a context, by the event that fills it in",
    arguments: [
      ("github.event.issue.title", "issues", "stranger"), ("github.event.issue.title", "issue_comment", "stranger"),
      ("github.event.issue.title", "push", "none"), ("github.event.issue.number", "issues", "none"),
      ("github.head_ref", "pull_request_target", "stranger"), ("github.head_ref", "pull_request", "contributor"),
      ("github.head_ref", "[push, workflow_call]", "contributor"),
      ("github.event.pull_request.head.ref", "[pull_request, pull_request_target]", "stranger"),
      ("github.event.commits[0].message", "push", "contributor"), ("github.ref_name", "push", "member"),
      ("github.ref_name", "pull_request_target", "none"), ("github.sha", "push", "none"),
      ("toJSON(github.event)", "issues", "stranger"),
      ("toJSON(github.event.pull_request)", "pull_request", "contributor"),
      ("github['event']['comment']['body']", "issue_comment", "stranger"), ("secrets.X", "issues", "none"),
      ("github.event.workflow_run.head_branch", "workflow_run", "stranger"),
      ("github.event.issue.title == 'x' && 'a' || 'b'", "issues", "none"),
      ("inputs.x", "{workflow_dispatch: {inputs: {x: {type: string}}}}", "member"),
      ("inputs.x", "{workflow_dispatch: {inputs: {x: {type: boolean}}}}", "none"),
      ("inputs.x", "{workflow_call: {inputs: {x: {type: string}}}}", "caller"),
      ("steps.a.outputs.b", "push", "unknown"), ("steps.a.outcome", "push", "none"),
    ])
  func controls(context: String, event: String, expected: String) throws {
    #expect(try Self.control(context, on: event) == expected)
  }

  @Test("are followed through variables, outputs of steps and outputs of jobs")
  func outputs() throws {
    let text = """
      on: issue_comment
      jobs:
        a:
          outputs: {x: "${{ steps.s.outputs.x }}"}
          steps:
          - id: s
            env: {BODY: "${{ github.event.comment.body }}"}
            run: |
              TEXT="$BODY"
              echo "x=$TEXT" >> "$GITHUB_OUTPUT"
        b:
          needs: a
          env: {Y: "${{ needs.a.outputs.x }}"}
          steps: [{run: "echo ${{ env.Y }}"}]
      """
    #expect(try Self.sources(text) == ["github.event.comment.body stranger"])
  }

  @Test(
    "are followed into what a script writes, however it does",
    arguments: [
      "echo \"x=${{ github.head_ref }}\" >> $GITHUB_OUTPUT", "echo ::set-output name=x::${{ github.head_ref }}",
      "echo \"x<<END\" >> $GITHUB_OUTPUT\n        echo '${{ github.head_ref }}' >> $GITHUB_OUTPUT\n        echo END >> $GITHUB_OUTPUT",
      "core.setOutput GITHUB_OUTPUT x=$GITHUB_HEAD_REF",
    ])
  func scripts(line: String) throws {
    let text = """
      on: pull_request_target
      jobs:
        b:
          steps:
          - id: s
            run: |
              \(line.replacing("\n        ", with: "\n        "))
          - run: echo ${{ steps.s.outputs.x }}
      """
    #expect(try Self.sources(text) == ["github.head_ref stranger"])
  }

  @Test("of an output that a command works out are unknown, of a fixed one none")
  func computedOutputs() throws {
    func workflow(_ line: String) -> String {
      "on: push\njobs: {b: {steps: [{id: s, run: '\(line)'}, {run: \"${{ steps.s.outputs.x }}\"}]}}"
    }
    #expect(try Self.sources(workflow("echo x=1 >> $GITHUB_OUTPUT")) == [])
    #expect(try Self.sources(workflow("echo x=$(date) >> $GITHUB_OUTPUT")) == ["steps.s.outputs.x unknown"])
    #expect(try Self.sources(workflow("echo y=1 >> $GITHUB_OUTPUT")) == ["steps.s.outputs.x unknown"])
  }

  @Test("are followed through variables that an earlier step sets, and not a later one")
  func environmentFile() throws {
    let set = "{run: 'echo \"T=${{ github.event.issue.title }}\" >> $GITHUB_ENV'}"
    let before = "on: issues\njobs: {b: {steps: [\(set), {run: \"${{ env.T }}\"}]}}"
    #expect(try Self.sources(before) == ["github.event.issue.title stranger"])
    let after = "on: issues\njobs: {b: {steps: [{run: \"${{ env.T }}\"}, {run: make}]}}"
    #expect(try Self.sources(after) == [])
  }

  @Test("are followed through actions of the same repository, wherever it lies in the scan")
  func localAction() throws {
    let text = """
      on: issues
      jobs:
        b:
          steps:
          - {id: s, uses: ./.github/actions/x, with: {text: "${{ github.event.issue.body }}"}}
          - run: echo ${{ steps.s.outputs.out }}
      """
    let action = """
      inputs: {text: {}}
      outputs: {out: {value: "${{ steps.inner.outputs.v }}"}}
      runs:
        using: composite
        steps: [{id: inner, shell: bash, env: {T: "${{ inputs.text }}"}, run: 'echo "v=$T" >> $GITHUB_OUTPUT'}]
      """
    #expect(
      try Self.sources(text, others: [".github/actions/x/action.yml": action]) == ["github.event.issue.body stranger"])
    #expect(
      try Self.sources(
        text, others: ["deep/er/.github/actions/x/action.yaml": action], path: "deep/er/.github/workflows/a.yml")
        == ["github.event.issue.body stranger"])
    #expect(try Self.sources(text) == ["steps.s.outputs.out unknown"])
  }

  @Test("are followed through the outputs of a reusable workflow")
  func reusableWorkflow() throws {
    let text = """
      on: issues
      jobs:
        a: {uses: ./.github/workflows/b.yml, with: {t: "${{ github.event.issue.title }}"}}
        b: {needs: a, steps: [{run: "echo ${{ needs.a.outputs.o }}"}]}
      """
    let called = """
      on: {workflow_call: {inputs: {t: {type: string}}, outputs: {o: {value: "${{ jobs.x.outputs.p }}"}}}}
      jobs: {x: {outputs: {p: "${{ inputs.t }}"}, steps: []}}
      """
    #expect(
      try Self.sources(text, others: [".github/workflows/b.yml": called]) == ["github.event.issue.title stranger"])
  }

  @Test("point to where they are written, but not to the expression itself")
  func places() throws {
    let text =
      "on: issues\nenv: {T: \"${{ github.event.issue.title }}\"}\njobs: {b: {steps: [{run: \"${{ env.T }}\"}]}}"
    let sample = try ViewSample("github.expression", text, path: Self.path)
    #expect(try sample.place("sources[0]", at: 1) == "\(Self.path): ${{ github.event.issue.title }}")
    let direct = try #require(MemberPath("sources[0]"))
    #expect(direct.origin(in: .map(sample.elements[0].record)) == nil)
  }

  @Test("name the scripts of called files that an input ends in")
  func sinks() throws {
    let text =
      "on: issues\njobs: {b: {steps: [{uses: ./x, with: {a: \"${{ github.actor }}\", b: \"${{ github.sha }}\"}}]}}"
    let outer = """
      inputs: {a: {}, b: {}}
      runs:
        using: composite
        steps: [{uses: ./y, with: {in: "${{ inputs.A }}"}}, {run: 'echo "$B"', env: {B: "${{ inputs.b }}"}, shell: bash}]
      """
    let inner = "runs: {using: composite, steps: [{run: \"echo ${{ inputs.in }}\", shell: bash}]}"
    let sample = try ViewSample(
      "github.expression", text, path: Self.path, others: ["x/action.yml": outer, "y/action.yml": inner])
    #expect(try sample.result("string(self.sinks.size()) + self.sinks[0].path") == "1y/action.yml")
    #expect(try sample.place("sinks[0]") == "y/action.yml: ${{ inputs.in }}")
    #expect(try sample.result("string(self.sinks.size())", at: 1) == "0")
  }

  @Test("end, where names go round in circles or there are very many")
  func hostile() throws {
    let circle =
      "on: issues\njobs: {b: {env: {A: \"${{ env.B }}\", B: \"${{ env.A }}\"}, steps: [{run: \"${{ env.A }}\"}]}}"
    #expect(try Self.sources(circle) == [])
    let own = "runs: {using: composite, steps: [{uses: ./x, with: {a: \"${{ inputs.a }}\"}}]}"
    let calling = "on: issues\njobs: {b: {steps: [{uses: ./x, with: {a: \"${{ github.event.issue.title }}\"}}]}}"
    let sample = try ViewSample("github.expression", calling, path: Self.path, others: ["x/action.yml": own])
    #expect(try sample.result("string(self.sinks.size())") == "0")
    var many = "on: issues\nenv:\n"
    for index in 0..<2_000 { many += "  A\(index): \"${{ env.A\(index + 1) }}${{ env.A\((index * 7) % 2_000) }}\"\n" }
    many += "jobs: {b: {steps: [{run: \"${{ env.A0 }}\"}]}}"
    #expect(try Self.sources(many).count <= 1)
  }

  @Test("are there for the variables of a step too")
  func variables() throws {
    let text = """
      on: issues
      env: {TOP: "${{ github.event.issue.title }}"}
      jobs: {b: {steps: [{run: make, env: {OWN: "${{ github.sha }}", IN: "${{ steps.x.outputs.y }}"}}]}}
      """
    let sample = try ViewSample("github.step", text, path: Self.path)
    #expect(
      try sample.result("self.controls.TOP + ' ' + self.controls.IN + ' ' + string(size(self.controls))")
        == "stranger unknown 2")
  }
}
