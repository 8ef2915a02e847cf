import TestSupport
import Testing

@Suite("Rules new, test and views", .enabled(if: Tollgate.isBuilt))
struct RulesAuthoringTests {
  @Test("new writes a pack that rules test takes, and never overwrites")
  func new() async throws {
    try await TemporaryDirectory.with { directory in
      for subject in ["text", "document", "github.step"] {
        let name = "\(subject).yaml"
        let new = try await Tollgate.run(
          "rules", "new", "our-rule", "--on", subject, "--output", name, in: directory)
        #expect(new.status == 0 && new.output.isEmpty && new.error.isEmpty, "\(new.error)")
        let test = try await Tollgate.run("rules", "test", name, in: directory)
        #expect(test.status == 0 && test.output == "1 rules, 5 examples: all as written\n")
        let bytes = directory.bytes(of: name)
        let again = try await Tollgate.run(
          "rules", "new", "other-rule", "--on", subject, "--output", name, in: directory)
        #expect(again.status == 64 && again.error.contains("exists") && directory.bytes(of: name) == bytes)
        let printed = try await Tollgate.run("rules", "new", "our-rule", "--on", subject, in: directory)
        #expect(printed.outputBytes == bytes)
      }
      #expect(try await Tollgate.run("rules", "new", "our-rule", "--on", "x", in: directory).status == 64)
      #expect(try await Tollgate.run("rules", "new", "Our", in: directory).status == 64)
    }
  }

  @Test("test --files compares findings with the comments beside them")
  func files() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Sample.pack(), to: "own.yaml")
      try directory.write("a own_1234 # expect: own-rule\n# expect@+1: own-rule\nown_4321\nb\n", to: "good/a.txt")
      try directory.write("own_1234\nx # expect: own-rule\n# expect: no-rule\n", to: "bad/sub/a.txt")
      try directory.write("own_1234 own_4321 # expect: own-rule\n", to: "bad/b.txt")
      let good = try await Tollgate.run("rules", "test", "own.yaml", "--files", "good", in: directory)
      #expect(good.status == 0, "\(good.error)")
      #expect(
        good.output == "1 rules, 5 examples: all as written\n1 files, 2 expectations: all as written\n")
      let bad = try await Tollgate.run("rules", "test", "own.yaml", "--files", "bad/", in: directory)
      #expect(bad.status == 78)
      #expect(
        bad.output.split(separator: "\n").dropFirst().map(String.init) == [
          "bad/b.txt:1: own-rule fires and is not expected: An own token stands in the file.",
          "bad/sub/a.txt:1: own-rule fires and is not expected: An own token stands in the file.",
          "bad/sub/a.txt:2: own-rule is expected and does not fire",
          "bad/sub/a.txt:3: no-rule is expected, and no pack has such a rule",
          "2 files, 3 expectations: 4 differences",
        ], "\(bad.output)")
      #expect(try await Tollgate.run("rules", "test", "own.yaml", "--files", "none", in: directory).status == 64)
      #expect(try await Tollgate.run("rules", "test", "own.yaml", "--files", "own.yaml", in: directory).status == 64)
    }
  }

  @Test("views lists all views, and shows the members of one")
  func views() async throws {
    let list = try await Tollgate.run("rules", "views")
    #expect(list.status == 0 && list.output.split(separator: "\n").count >= 5)
    #expect(list.output.contains("\ngithub.step "))
    let one = try await Tollgate.run("rules", "views", "github.step")
    #expect(one.status == 0 && one.output.hasPrefix("github.step: A step of a job"))
    #expect(one.output.contains("\n  uses ") && one.output.contains("kinds  github-workflow, github-action\n"))
    #expect(try await Tollgate.run("rules", "views", "nope").status == 64)
  }
}
