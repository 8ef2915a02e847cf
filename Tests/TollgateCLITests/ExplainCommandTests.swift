import TestSupport
import Testing

@Suite("tollgate explain and import", .enabled(if: Tollgate.isBuilt))
struct ExplainCommandTests {
  @Test("the explanation of a line is the recorded one")
  func text() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("import os\napi_token = '\(Sample.github)'  # gitleaks" + ":allow\n", to: "src/settings.py")
      let outcome = try await Tollgate.run("explain", "src/settings.py:2", in: directory)
      #expect(outcome.status == 0 && outcome.error.isEmpty)
      #expect(Snapshot.difference(Tollgate.stable(outcome.output, in: directory), from: "cli/explain.txt") == nil)
      #expect(Leak(of: [Sample.github]).found(in: outcome.output) == nil)
      let strict = try await Tollgate.run(
        "explain", "src/settings.py:2", "--no-foreign-suppressions", "--fail-on", "low", in: directory)
      #expect(strict.output.contains("fails the gate") && strict.output.contains("not honoured"))
    }
  }

  @Test("the explanation of a line of a workflow shows its views, and what rules made of them")
  func views() async throws {
    try await TemporaryDirectory.with { directory in
      let pack = """
        pack: own
        rules:
          - id: own-pinned
            title: Own
            severity: low
            confidence: high
            level: warn
            phase: build
            tags: [a]
            on: github.step
            where: has(self.uses)
            when: self.uses.kind == 'branch'
            message: It moves.
            why: It does.
            fix: Pin it.
            examples:
              - fires: 'jobs: {b: {steps: [{uses: a/b@main}]}}'
              - fires: 'jobs: {b: {steps: [{uses: a/c@main}]}}'
              - silent: 'jobs: {b: {steps: [{uses: a/b@v1}]}}'
              - silent: 'jobs: {b: {steps: [{run: make}]}}'
              - silent: 'jobs: {b: {steps: [{uses: ./a}]}}'
        """
      try directory.write(pack, to: "own.yaml")
      try directory.write(
        "jobs:\n  b:\n    runs-on: x\n    steps:\n      - uses: a/b@main\n      - uses: a/b@v1\n",
        to: ".github/workflows/a.yml")
      func explain(_ line: Int, _ more: String...) async throws -> String {
        try await Program.run(
          try #require(Tollgate.path),
          ["explain", ".github/workflows/a.yml:\(line)", "--rules", "own.yaml", "--no-built-in-rules"] + more,
          in: directory.path
        ).output
      }
      let fires = try await explain(5)
      #expect(fires.contains("own-pinned: github.step at 5:9\n  fires at 5:"), "\(fires)")
      #expect(fires.contains("when: self.uses.kind == 'branch'  → true") && fires.contains("github.step at 5:9"))
      let silent = try await explain(6)
      #expect(silent.contains("silent: when is false") && silent.contains("nothing is reported here"), "\(silent)")
      #expect(!silent.contains("self.uses.kind"))
      #expect(try await explain(6, "--verbose").contains("self.uses.kind"))
      let json = try JSONValue(Array(try await explain(5, "--format", "json").utf8))
      #expect(json["findings"].elements.map { $0["rule"].text } == ["own-pinned"])
      #expect(json["elements"].elements.first?["expressions"].elements.map { $0["key"].text } == ["where", "when"])
      #expect(json["views"].elements.contains { $0["view"].text == "github.step" })
    }
  }

  @Test("exit codes: 64 for no file, 2 for one that was not looked at, 0 else")
  func exits() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x\n", to: "a.py")
      #expect(try await Tollgate.run("explain", "a.py:1", in: directory).status == 0)
      #expect(try await Tollgate.run("explain", "b.py:1", in: directory).status == 64)
      #expect(try await Tollgate.run("explain", "a.py:0", in: directory).status == 64)
      #expect(try await Tollgate.run("explain", ".", in: directory).status == 64)
      let large = try await Tollgate.run("explain", "a.py", "--max-file-size", "1", in: directory)
      #expect(large.status == 2 && large.output.contains("not looked at"))
    }
  }

  @Test("a folder outside of git is seen from the current directory, as a scan sees it")
  func folder() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("jobs: {}\n", to: ".github/workflows/a.yml")
      let outcome = try await Tollgate.run("explain", ".github/workflows/a.yml:1", in: directory)
      #expect(outcome.output.contains("kind github-workflow"), "\(outcome.output)")
    }
  }

  @Test("import writes a pack that check takes, tells what is missing, and never overwrites")
  func imports() async throws {
    try await TemporaryDirectory.with { directory in
      let toml =
        "[[rules]]\nid = \"acme\"\nregex = \'\'\'acme_[a-z0-9]{32}\'\'\'\nkeywords = [\"acme_\"]\n"
        + "[[rules]]\nid = \"bare\"\nregex = \'\'\'[a-z]{40}\'\'\'\n"
      try directory.write(toml, to: "gitleaks.toml")
      let outcome = try await Tollgate.run("import", "gitleaks.toml", "--output", "pack.yaml", in: directory)
      #expect(outcome.status == 0 && outcome.output.isEmpty)
      #expect(
        outcome.error.contains("carried over: 1 rules\n") && outcome.error.contains("not carried over: rule bare: "))
      let tested = try await Tollgate.run("rules", "test", "pack.yaml", in: directory)
      #expect(tested.output == "1 rules, 5 examples: all as written\n")
      #expect(try await Tollgate.run("import", "gitleaks.toml", "--output", "pack.yaml", in: directory).status == 64)
      #expect(try await Tollgate.run("import", "none.toml", in: directory).status == 2)
      try directory.write("a.py:github-pat:1\n", to: ".gitleaksignore")
      #expect(try await Tollgate.run("import", ".gitleaksignore", in: directory).status == 64)
      let nothing = try await Tollgate.run("import", ".gitleaksignore", "--owner", "us", in: directory)
      #expect(nothing.status == 2 && nothing.error.contains("there is no file a.py"))
    }
  }

  @Test("--no-foreign-suppressions lets no comment of another tool count")
  func forbidden() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("t = '\(Sample.github)'  # gitleaks" + ":allow\n", to: "a.py")
      let allowed = try await Tollgate.run("check", ".", in: directory)
      #expect(allowed.status == 0 && allowed.output.contains("(1 suppressed, 1 of them by comments of other tools)"))
      #expect(try await Tollgate.run("check", ".", "--no-foreign-suppressions", in: directory).status == 1)
    }
  }
}
