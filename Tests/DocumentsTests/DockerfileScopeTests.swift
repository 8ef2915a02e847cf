import Documents
import Testing

@Suite("Stages and variables of Dockerfiles")
struct DockerfileScopeTests {
  private static func read(_ text: String) -> Dockerfile { DockerfileTests.read(text) }

  @Test(
    "find the stage that a stage goes on from",
    arguments: [
      ("FROM a\nFROM b", [nil, nil], [nil, nil]), ("FROM a AS b\nFROM b", ["b", nil], [nil, 0]),
      ("FROM a as Build\nFROM BUILD AS c\nFROM C", ["Build", "c", nil], [nil, 0, 1]),
      ("FROM a AS b\nFROM c AS b\nFROM b", ["b", "b", nil], [nil, nil, 1]), ("FROM a AS a", ["a"], [nil]),
      ("FROM b\nFROM a AS b", [nil, "b"], [nil, nil]), ("FROM a\nFROM 0", [nil, nil], [nil, nil]),
      ("ARG x=b\nFROM a AS b\nFROM $x", ["b", nil], [nil, 0]),
      ("FROM a\nFROM b AS\nFROM c AS 1", [nil, nil, "1"], [nil, nil, nil]),
      ("FROM --platform=x a AS b\nFROM --platform=y b", ["b", nil], [nil, 0]),
    ])
  func bases(text: String, names: [String?], bases: [Int?]) {
    let file = Self.read(text)
    #expect(file.stages.map(\.name) == names, "\(text)")
    #expect(file.stages.map(\.base) == bases, "\(text)")
  }

  @Test("know the instructions of each stage")
  func instructions() {
    let file = Self.read("ARG a\nFROM b\nRUN c\nRUN d\nFROM e\nFROM f\nRUN g")
    #expect(file.instructions.map(\.stage) == [nil, 0, 0, 0, 1, 2, 2])
    #expect(file.stages.map(\.from) == [1, 4, 5])
    #expect(file.stages.map(\.instructions) == [2..<4, 5..<5, 6..<7])
  }

  // The last instruction of each has one argument; a question mark is for what is not known.
  // https://docs.docker.com/reference/dockerfile/#scope
  @Test(
    "fill in what ARG and ENV say",
    arguments: [
      ("ARG a=1\nFROM b:$a", "b:1"), ("ARG a=1\nFROM b:${a}-x", "b:1-x"), ("ARG a\nFROM b:$a", "?"),
      ("ARG a\nFROM b:${a:-2}", "?"), ("FROM b:${a:-2}", "b:2"), ("FROM b$a", "b"),
      ("ARG a=1\nARG c=$a\nFROM b:$c", "b:1"), ("ENV a=1\nFROM b:$a", "b:"),
      ("FROM --platform=$BUILDPLATFORM a\nFROM $TARGETARCH", "?"),
      ("FROM b\nENV a=1\nFROM c:$a", "c:"), ("ARG a=1\nFROM scratch\nUSER u$a", "u"),
      ("ARG a=1\nFROM b\nUSER u$a", "?"),
      ("ARG a=1\nFROM b\nARG a\nUSER $a", "1"), ("ARG a=1\nFROM b\nARG a=2\nUSER $a", "2"),
      ("FROM b\nARG a\nUSER $a", "?"),
      ("FROM b\nARG a=1\nENV a=2\nUSER $a", "2"), ("FROM b\nENV a=2\nARG a=1\nUSER $a", "2"),
      ("FROM b\nUSER $a\nENV a=1\nUSER $a", "1"),
      ("FROM scratch\nUSER x$a", "x"), ("FROM b\nUSER x$a", "?"), ("FROM scratch\nUSER $PATH", "?"),
      ("FROM scratch\nARG TARGETARCH\nUSER $TARGETARCH", "?"), ("FROM scratch\nUSER x$TARGETARCH", "x"),
      ("FROM scratch\nENV a=1\nENV a=2 b=$a\nUSER $b", "1"), ("FROM scratch\nENV a=$c\nUSER x$a", "x"),
      ("FROM b\nENV a=$c\nUSER $a", "?"),
      ("FROM b AS c\nENV a=1\nFROM c\nUSER $a", "1"), ("FROM b AS c\nARG a=1\nFROM c\nUSER $a", "1"),
      ("FROM b AS c\nENV a=1\nFROM c AS d\nENV a=2\nFROM c\nUSER $a", "1"),
      ("FROM b AS c\nENV a=1\nFROM d\nUSER $a", "?"),
      ("FROM scratch AS c\nFROM c\nUSER x$a", "x"),
      ("FROM scratch AS c\nFROM c AS d\nENV a=1\nARG e=1\nFROM c\nUSER x$a$e", "x"),
      ("FROM b\nENV a=1\nONBUILD USER $a", "1"), ("FROM b\nARG a=1\nONBUILD USER $a", "?"),
      ("FROM scratch\nONBUILD ENV a=1\nUSER x$a", "x"),
      ("# escape=`\nFROM b\nENV a=c:\\d\nWORKDIR $a\\e", "c:\\d\\e"), ("FROM b\nARG a=1\nARG a\nUSER $a", "1"),
      ("FROM b\nENV a='$c' d=\"\\$e\"\nUSER $a$d", "$c$e"), ("FROM b\nWORKDIR \"/a b\"", "/a b"),
    ])
  func variables(text: String, expected: String) throws {
    let argument = try #require(Self.read(text).instructions.last?.arguments.first)
    #expect((try #require(argument.expansion)).text ?? "?" == expected, "\(text)")
  }

  @Test("leave variables to the shell in RUN, CMD, ENTRYPOINT and HEALTHCHECK")
  func shellVariables() {
    let file = Self.read("FROM b\nENV a=1\nRUN $a\nCMD $a\nENTRYPOINT [\"$a\"]\nHEALTHCHECK CMD $a")
    #expect(file.instructions.dropFirst(2).allSatisfy { $0.arguments.allSatisfy { $0.expansion == nil } })
  }

  @Test("name the variables that a text depends on")
  func dependencies() {
    let file = Self.read("ARG a=1\nFROM b\nARG a\nCOPY $a/$c/${a} d")
    let expansion = file.instructions.last?.arguments.first?.expansion
    #expect(expansion == .init(text: nil, variables: ["a", "c"], unknowns: ["c"]))
  }

  // https://docs.docker.com/reference/dockerfile/#shell
  @Test("know the shell of each instruction: the image's at the start, and that of the stage which one goes on from")
  func shells() {
    let text = """
      FROM a AS b
      RUN x
      SHELL ["bash", "-c"]
      RUN x
      ONBUILD SHELL ["zsh", "-c"]
      RUN x
      FROM c
      RUN x
      FROM b AS d
      RUN x
      SHELL ["sh", "-e"]
      RUN x
      FROM b
      RUN x
      """
    let runs = Self.read(text).instructions.filter { $0.name == "RUN" }
    #expect(runs.map(\.shell.first) == ["/bin/sh", "bash", "bash", "/bin/sh", "bash", "sh", "bash"])
  }

  @Test("do not let variables grow without bound")
  func growth() throws {
    let doubling = (1...60).map { "ENV a\($0)=$a\($0 - 1)$a\($0 - 1)\n" }.joined()
    let file = Self.read("FROM scratch\nENV a0=xxxxxxxx\n\(doubling)")
    let values = file.instructions.compactMap(\.assignments.first?.value)
    #expect(values[10].text?.utf8.count == 8 << 10)
    #expect(values.last?.text == nil)
    #expect(values.reduce(0) { $0 + ($1.text?.utf8.count ?? 0) } < 32 << 20)
  }
}
