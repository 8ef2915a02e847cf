import Documents
import Testing

@Suite("Dockerfiles")
struct DockerfileTests {
  static func read(_ text: String) -> Dockerfile { Dockerfile(parsing: Array(text.utf8)) }

  /// What the arguments of all instructions are.
  private static func arguments(_ text: String) -> [[String]] {
    read(text).instructions.map { $0.arguments.map(\.text) }
  }

  static func written(_ text: String, _ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  // https://docs.docker.com/reference/dockerfile/#parser-directives
  @Test(
    "have directives only in their first lines, each once",
    arguments: [
      ("# syntax=docker/dockerfile:1\n# escape=`\n# check=skip=all\nFROM a", ["syntax", "escape", "check"], 0),
      ("#syntax=a\nFROM a", ["syntax"], 0), ("#  Syntax  =  a  \nFROM a", ["syntax"], 0),
      ("# a comment\n# escape=`\nFROM a", [], 0), ("\n# escape=`\nFROM a", [], 0), ("FROM a\n# escape=`", [], 0),
      ("# unknown=x\n# escape=`\nFROM a", [], 0), ("# escape=\nFROM a", [], 0), ("# escape=x\nFROM a", ["escape"], 1),
      ("# escape=`\n# escape=\\\nFROM a", ["escape"], 1),
      ("# syntax=a\r\n# check=b\r\nFROM a", ["syntax", "check"], 0),
      ("\u{FEFF}# syntax=a\nFROM a", ["syntax"], 0),
    ])
  func directives(text: String, names: [String], errors: Int) {
    let file = Self.read(text)
    #expect(file.directives.map(\.name) == names, "\(text)")
    #expect(file.errors.count == errors, "\(text): \(file.errors)")
    #expect(file.instructions.map(\.name) == ["FROM"])
  }

  @Test("have the values of directives without the blanks around them, at their place")
  func directiveValues() {
    let text = "#  syntax = docker/dockerfile:1 \nFROM a"
    let directive = Self.read(text).directives.first
    #expect(directive?.value == "docker/dockerfile:1")
    #expect(directive.map { Self.written(text, $0.range) } == "#  syntax = docker/dockerfile:1")
  }

  @Test(
    "continue lines behind the escape character, past comments and blank lines",
    arguments: [
      ("RUN a \\\n  b", ["a   b"]), ("RUN a \\\n# c\n\n   # d\n  b", ["a   b"]), ("RUN a\\\nb", ["ab"]),
      ("RUN a \\  \t\n b", ["a  b"]), ("RUN a \\\r\n b\r\n", ["a  b"]), ("RUN a\\\\\nCMD b", ["a\\\\", "b"]),
      ("RUN a \\", ["a"]), ("RUN a \\\n\n\n", ["a"]), ("RUN \\\n \\\n a", ["a"]), ("  RUN a", ["a"]),
      ("# c \\\nRUN a", ["a"]), ("RUN a # c", ["a # c"]), ("RUN a \\\nCMD b", ["a CMD b"]),
      ("# escape=`\nRUN a `\n b", ["a  b"]), ("# escape=`\nRUN c:\\\nCMD b", ["c:\\", "b"]),
      ("# escape=`\nRUN a``\nCMD b", ["a``", "b"]), ("RU\\\nN a", ["a"]),
    ])
  func continuations(text: String, expected: [String]) {
    let file = Self.read(text)
    #expect(file.instructions.flatMap(\.arguments).map(\.text) == expected, "\(text)")
    #expect(file.errors.isEmpty)
  }

  @Test(
    "take JSON for the exec form where the instruction has one",
    arguments: [
      ("RUN [\"a\", \"b\"]", true, ["a", "b"]), ("RUN a \"b\"", false, ["a \"b\""]), ("RUN ['a']", false, ["['a']"]),
      ("RUN [ -f x ]", false, ["[ -f x ]"]), ("CMD [\"a\"]", true, ["a"]), ("CMD []", true, []),
      ("CMD a b", false, ["a b"]), ("ENTRYPOINT [\"a\\\"b\"]", true, ["a\"b"]), ("ENTRYPOINT a", false, ["a"]),
      ("ENTRYPOINT [\"a\"] b", false, ["[\"a\"] b"]), ("SHELL [\"a\", \"-c\"]", true, ["a", "-c"]),
      ("VOLUME [\"/a b\"]", true, ["/a b"]), ("VOLUME /a /b", false, ["/a", "/b"]),
      ("COPY [\"a b\", \"c\"]", true, ["a b", "c"]), ("COPY a b  c/", false, ["a", "b", "c/"]),
      ("ADD [\"a\", \"b\"]", true, ["a", "b"]), ("ADD a b", false, ["a", "b"]),
      ("HEALTHCHECK CMD [\"a\", \"b\"]", true, ["CMD", "a", "b"]), ("HEALTHCHECK cmd a b", false, ["CMD", "a b"]),
      ("HEALTHCHECK NONE", false, ["NONE"]), ("EXPOSE 80 443/udp", false, ["80", "443/udp"]),
      ("USER a b", false, ["a b"]), ("WORKDIR /a b", false, ["/a b"]), ("STOPSIGNAL SIGTERM", false, ["SIGTERM"]),
      ("MAINTAINER A <a@b>", false, ["A <a@b>"]), ("ONBUILD RUN [\"a\"]", true, ["a"]),
      ("RUN \\\n [\"a\", \\\n # c\n \"b\"]", true, ["a", "b"]), ("FROM a AS b", false, ["a", "AS", "b"]),
      ("RUN [\"a\"", false, ["[\"a\""]), ("RUN [[\"a\"]]", false, ["[[\"a\"]]"]), ("expose 1\t2", false, ["1", "2"]),
    ])
  func forms(text: String, isExec: Bool, arguments: [String]) throws {
    let file = Self.read(text)
    let instruction = try #require(file.instructions.first)
    #expect(instruction.isExecForm == isExec, "\(text)")
    #expect(instruction.arguments.map(\.text) == arguments, "\(text)")
    #expect(file.errors.isEmpty)
  }

  @Test(
    "have flags before the arguments",
    arguments: [
      ("FROM --platform=linux/amd64 a", ["platform=linux/amd64"], "a"),
      ("COPY --from=b --chown=1:1 c d", ["from=b", "chown=1:1"], "c d"),
      ("RUN --mount=type=secret,id=x --network=none cat", ["mount=type=secret,id=x", "network=none"], "cat"),
      ("COPY --link a b", ["link"], "a b"), ("RUN a --b", [], "a --b"), ("RUN -- a", [], "a"),
      ("COPY --chmod=\"7 5\" a b", ["chmod=7 5"], "a b"),
      ("HEALTHCHECK --interval=5s CMD a", ["interval=5s"], "CMD a"), ("ONBUILD COPY --from=b a c", ["from=b"], "a c"),
      ("RUN --mount=a \\\n  --mount=b \\\n  c", ["mount=a", "mount=b"], "c"), ("RUN --a=", ["a="], ""),
    ])
  func flags(text: String, flags: [String], rest: String) throws {
    let instruction = try #require(Self.read(text).instructions.first)
    #expect(
      instruction.flags.map { [$0.name, $0.value].compactMap(\.self).joined(separator: "=") } == flags, "\(text)")
    #expect(String(decoding: instruction.text.bytes, as: UTF8.self) == rest)
    for flag in instruction.flags { #expect(Self.written(text, flag.range).hasPrefix("--\(flag.name)")) }
  }

  @Test("say which instructions stand behind ONBUILD")
  func onBuild() {
    let file = Self.read("FROM a\nONBUILD  USER b\nonbuild run c\nUSER d")
    #expect(file.instructions.map(\.name) == ["FROM", "USER", "RUN", "USER"])
    #expect(file.instructions.map(\.isOnBuild) == [false, true, true, false])
    #expect(file.instructions[1].arguments.map(\.text) == ["b"])
  }

  @Test(
    "have the assignments of ENV, LABEL and ARG in all their forms",
    arguments: [
      ("ENV a=b", ["a: b"], 0), ("ENV a=b c=d", ["a: b", "c: d"], 0), ("ENV a b  c=d", ["a: b  c=d"], 0),
      ("ENV a=\"b c\" d='e f'", ["a: b c", "d: e f"], 0), ("ENV a=b\\ c", ["a: b c"], 0), ("ENV a=", ["a: "], 0),
      ("ENV a=b \\\n  c=d", ["a: b", "c: d"], 0), ("ENV a=\"b=c\"", ["a: b=c"], 0), ("ENV a=\"\\\"\"", ["a: \""], 0),
      ("LABEL \"a.b c\"=\"d\"", ["a.b c: d"], 0), ("LABEL a=\"b \\\n  c\"", ["a: b   c"], 0),
      ("LABEL a b c", ["a: b c"], 0),
      ("ARG a", ["a"], 0), ("ARG a=b c d=", ["a: b", "c", "d: "], 0), ("ARG a='b c'", ["a: b c"], 0),
      ("ENV a", ["a: "], 1), ("ENV a=b c d=e", ["a: b", "d: e"], 1), ("LABEL a", ["a: "], 1),
      ("# escape=`\nENV a=c:\\b", ["a: c:\\b"], 0), ("# escape=`\nENV a=b` c", ["a: b c"], 0),
      ("ENV a=\"b\\c\"", ["a: b\\c"], 0), ("ENV a=b\\c", ["a: bc"], 0),
    ])
  func assignments(text: String, expected: [String], errors: Int) throws {
    let file = Self.read(text)
    let assignments = try #require(file.instructions.first).assignments
    let found = assignments.map { assignment in
      assignment.value.map { "\(assignment.name): \($0.text ?? "?")" } ?? assignment.name
    }
    #expect(found == expected, "\(text)")
    #expect(file.errors.count == errors)
  }

  // https://docs.docker.com/reference/dockerfile/#here-documents
  @Test(
    "have here-documents",
    arguments: [
      ("RUN <<EOF\na\nb\nEOF\nCMD x", ["EOF: a\nb\n"], true),
      ("RUN <<-EOF\n\ta\n\t\tb\n\tEOF\nCMD x", ["EOF: a\nb\n"], true),
      ("RUN <<'EOF'\n$a\nEOF\nCMD x", ["EOF: $a\n"], false), ("RUN <<\"EOF\"\na\nEOF\nCMD x", ["EOF: a\n"], false),
      ("RUN <<\\EOF\na\nEOF\nCMD x", ["EOF: a\n"], false),
      ("RUN <<E'O'F\na\nEOF\nCMD x", ["EOF: a\n"], false), ("RUN cat <<EOF > /x\na\nEOF\nCMD x", ["EOF: a\n"], true),
      ("COPY <<A <<B /c/\na\nA\nb\nB\nCMD x", ["A: a\n", "B: b\n"], true),
      ("RUN 3<<EOF a\nb\nEOF\nCMD x", ["EOF: b\n"], true),
      ("RUN <<EOF\nEOF\nCMD x", ["EOF: "], true), ("RUN <<EOF\r\na\r\nEOF\r\nCMD x", ["EOF: a\n"], true),
      ("RUN <<EOF\n# a \\\nFROM b\nEOF\nCMD x", ["EOF: # a \\\nFROM b\n"], true),
      ("ONBUILD RUN <<EOF\na\nEOF\nCMD x", ["EOF: a\n"], true),
      ("ADD <<EOF /a\n EOF\nEOF\nCMD x", ["EOF:  EOF\n"], true),
      ("RUN echo \"<<EOF\"\nCMD x", [], true), ("RUN cat <<< a\nCMD x", [], true), ("LABEL a=<<EOF\nCMD x", [], true),
      ("RUN [\"<<EOF\"]\nCMD x", [], true), ("RUN cat << EOF\nCMD x", [], true),
    ])
  func hereDocuments(text: String, expected: [String], expands: Bool) throws {
    let file = Self.read(text)
    let documents = try #require(file.instructions.first).hereDocuments
    #expect(documents.map { "\($0.name): \(String(decoding: $0.body.bytes, as: UTF8.self))" } == expected, "\(text)")
    #expect(documents.allSatisfy { $0.expands == expands })
    #expect(file.instructions.map(\.name).last == "CMD" && file.instructions.count == 2)
    #expect(file.errors.isEmpty)
  }

  @Test("go on behind the line of a here-document that is not closed")
  func openHereDocument() {
    let file = Self.read("FROM a\nRUN <<A\nRUN <<B\nx\nB\nRUN <<A\nUSER b")
    #expect(file.instructions.map(\.name) == ["FROM", "RUN", "RUN", "RUN", "USER"])
    #expect(file.errors.map(\.message) == ["a here-document has no line A", "a here-document has no line A"])
    #expect(file.errors.map(\.offset) == [11, 31])
    #expect(file.instructions[2].hereDocuments.count == 1)
  }

  @Test(
    "say what is wrong, and read the rest",
    arguments: [
      ("FROM a\nFORM b\nUSER c", "unknown instruction FORM", 7), ("FROM a\nUSER", "USER without arguments", 7),
      ("FROM\nRUN a", "FROM without arguments", 0), ("FROM a\nSHELL bash -c", "SHELL takes a list of JSON", 7),
      ("FROM a\nENV b", "ENV takes NAME=value", 11), ("# escape=x\nFROM a", "escape is \\ or `", 9),
      ("FROM a\n- b", "unknown instruction -", 7), ("{{ if x }}\nFROM a", "unknown instruction {{", 0),
    ])
  func errors(text: String, message: String, offset: Int) {
    let file = Self.read(text)
    #expect(file.errors.map(\.message) == [message] && file.errors.map(\.offset) == [offset], "\(text): \(file.errors)")
    #expect(file.instructions.contains { $0.name == "FROM" })
  }

  @Test("may be empty", arguments: ["", "\n", "\u{FEFF}", "# a", "\\\n", "  \\\n\n", "\r\n"])
  func empty(text: String) {
    let file = Self.read(text)
    #expect(file.instructions.isEmpty && file.stages.isEmpty && file.errors.isEmpty)
  }

  @Test("are the same with any ending of lines, and with a byte-order mark")
  func lineEndings() {
    let text = "# escape=`\nFROM a AS b\nRUN c `\n  d\nCOPY <<E /e\nf\nE\nENV g=h\n"
    let plain = Self.read(text)
    for other in [text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text] {
      let file = Self.read(other)
      #expect(file.instructions.map(\.name) == plain.instructions.map(\.name))
      #expect(Self.arguments(other) == Self.arguments(text))
      #expect(
        file.instructions.map { $0.hereDocuments.map(\.body.bytes) }
          == plain.instructions.map { $0.hereDocuments.map(\.body.bytes) })
      #expect(file.errors.isEmpty)
      for instruction in file.instructions { #expect(Self.written(other, instruction.keyword) == instruction.name) }
    }
  }

  @Test("know where everything stands")
  func places() {
    let text = """
      FROM --platform=x a AS b
      RUN [ "c" , "d" ]
        COPY --from=b  e \\
          # f
          g h
      ENV i=j \\
        k="l m"
      HEALTHCHECK CMD n o
      ONBUILD WORKDIR /p q
      RUN <<E cat
      r
      E

      """
    let file = Self.read(text)
    #expect(file.errors.isEmpty)
    for instruction in file.instructions {
      #expect(Self.written(text, instruction.keyword) == instruction.name)
      for argument in instruction.arguments {
        let written = Self.written(text, argument.range)
        #expect(written == (instruction.isExecForm ? "\"\(argument.text)\"" : argument.text))
      }
    }
    #expect(
      file.instructions.map { Self.written(text, $0.range).split(separator: "\n").last } == [
        "FROM --platform=x a AS b", "RUN [ \"c\" , \"d\" ]", "    g h", "  k=\"l m\"", "HEALTHCHECK CMD n o",
        "ONBUILD WORKDIR /p q", "E",
      ])
    #expect(file.instructions[3].assignments.map { Self.written(text, $0.range) } == ["i=j", "k=\"l m\""])
    #expect(file.instructions[0].flags.map { Self.written(text, $0.range) } == ["--platform=x"])
    let document = file.instructions[6].hereDocuments[0]
    #expect(Self.written(text, document.range) == "<<E")
    #expect(Self.written(text, document.body.fileRange(of: 0..<1)) == "r")
  }
}
