import TestSupport
import Testing

@Suite("Show", .enabled(if: Tollgate.isBuilt))
struct ShowTests {
  static let workflow = """
    name: CI
    on: [push]
    permissions: read-all
    env: {A: 1, B: two}
    jobs:
      build:
        runs-on: ubuntu-latest
        permissions: {contents: write}
        env: {A: job}
        steps:
          - uses: actions/checkout@v4 # pinned
            with: {ref: "${{ github.head_ref }}"}
          - run: |
              echo one
              echo two

    """

  @Test("prints the kind, the tree and the merged views of a workflow as recorded")
  func workflowSnapshot() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Self.workflow, to: ".github/workflows/ci.yml")
      let outcome = try await Tollgate.run("show", ".github/workflows/ci.yml", in: directory)
      #expect(outcome.status == 0 && outcome.error.isEmpty)
      #expect(Snapshot.difference(outcome.outputBytes, from: "cli/show-workflow.txt") == nil)
    }
  }

  @Test(
    "narrows to a path or a view",
    arguments: [
      ("jobs.build.permissions", "8:5   8:18  jobs.build.permissions: (mapping)"),
      ("$.jobs.*.steps[*].uses", "11:15  $['jobs']['build']['steps'][0]['uses']: \"actions/checkout@v4\" (string)"),
      ("env.A", "9:11  env.A: \"job\" (string)"), ("with.ref", "with.ref: unknown (depends on github.head_ref)"),
    ])
  func path(path: String, line: String) async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Self.workflow, to: ".github/workflows/ci.yml")
      let outcome = try await Tollgate.run("show", ".github/workflows/ci.yml", "--path", path, in: directory)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains(line), "\(outcome.output)")
      #expect(!outcome.output.contains("runs-on"))
      let view = try await Tollgate.run("show", ".github/workflows/ci.yml", "--view", "github.job", in: directory)
      #expect(view.output.contains("\ngithub.job at 6:3\n"))
      #expect(!view.output.contains("github.step at 11") && !view.output.contains("\ntree\n"))
    }
  }

  @Test("writes rows with places as JSON")
  func json() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Self.workflow, to: ".github/workflows/ci.yml")
      let outcome = try await Tollgate.run("show", ".github/workflows/ci.yml", "--format", "json", in: directory)
      let json = try JSONValue(outcome.outputBytes)
      #expect(json["kind"].text == "github-workflow" && json["format"].text == "yaml")
      let name = json["trees"][0]["rows"][1]
      #expect(name["name"].text == "name" && name["value"].text == "CI" && name["type"].text == "string")
      #expect(name["key"]["line"].number == 1 && name["place"]["column"].number == 7)
      let views = json["views"].elements.compactMap { $0["name"].text }
      #expect(views.contains("github.job") && views.contains("github.step"))
    }
  }

  @Test("masks credentials, also where they are written over several lines or escaped")
  func secrecy() async throws {
    let token = Sample.github
    let split = "\(token.prefix(20))\\\n    \(token.dropFirst(20))"
    let key = MadeUpCredential.privateKey(40)
    try await TemporaryDirectory.with { directory in
      let env = "env:\n  A: \(token)\n  B: \"\(split)\"\n  C: \"\\u0067\(token.dropFirst())\"\n"
      let pem = "  K: |\n" + key.map { "    \($0)\n" }.joined() + "  L: \"\(key.joined(separator: "\\n"))\"\n"
      let steps = "on: push\njobs:\n  b:\n    steps:\n      - run: deploy --token \(token)\n"
      try directory.write(env + pem + steps, to: ".github/workflows/ci.yml")
      for format in ["text", "json"] {
        let outcome = try await Tollgate.run("show", ".github/workflows/ci.yml", "--format", format, in: directory)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("deploy --token [masked:33-64]"))
        #expect(!outcome.output.contains(token.dropFirst(4).prefix(12)))
        for line in key.dropFirst().dropLast() { #expect(!outcome.output.contains(line.prefix(16))) }
      }
    }
  }

  @Test("exits 2 with the place for a file that does not parse, and 64 for what is asked for in error")
  func failures() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("a: [1\nb: 2\n", to: "bad.yaml")
      try directory.write("a: 1\n", to: "good.yaml")
      try directory.write("nothing\n", to: "plain.txt")
      try directory.write("#!/bin/sh\necho\n", to: "run.sh")
      let bad = try await Tollgate.run("show", "bad.yaml", in: directory)
      #expect(bad.status == 2 && bad.output.isEmpty && bad.error.contains("bad.yaml:2:"), "\(bad.error)")
      #expect(try await Tollgate.run("show", "missing.yaml", in: directory).status == 2)
      #expect(try await Tollgate.run("show", ".", in: directory).status == 2)
      #expect(try await Tollgate.run("show", "good.yaml", "--path", "$[", in: directory).status == 64)
      #expect(try await Tollgate.run("show", "good.yaml", "--path", "a..b", in: directory).status == 64)
      #expect(try await Tollgate.run("show", "good.yaml", "--view", "no.view", in: directory).status == 64)
      #expect(try await Tollgate.run("show", "good.yaml", "--view", "github.job", in: directory).status == 64)
      #expect(
        try await Tollgate.run("show", "good.yaml", "--view", "github.job", "--path", "$.a", in: directory).status == 64
      )
      let plain = try await Tollgate.run("show", "plain.txt", in: directory)
      #expect(plain.status == 0 && plain.output == "plain.txt: of no kind that rules know\n")
      let script = try await Tollgate.run("show", "run.sh", in: directory)
      #expect(script.status == 0 && script.output.hasPrefix("run.sh: shell (shell)\n"))
    }
  }
}
