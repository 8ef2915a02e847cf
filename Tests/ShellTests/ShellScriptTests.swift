import Shell
import Testing

@Suite("Shell scripts")
struct ShellScriptTests {
  static func script(_ text: String, holes: [String] = []) -> ShellScript {
    let bytes = Array(text.utf8)
    var ranges: [Range<Int>] = []
    for hole in holes {
      let wanted = Array(hole.utf8)
      for start in bytes.indices where bytes[start...].starts(with: wanted) {
        ranges.append(start..<start + wanted.count)
      }
    }
    return ShellScript(parsing: bytes, holes: ranges.sorted { $0.lowerBound < $1.lowerBound })
  }

  @Test(
    "give the names of all commands, in every place where one can stand",
    arguments: [
      ("a; b & c\nd", ["a", "b", "c", "d"]), ("a && b || c", ["a", "b", "c"]), ("a | b |& c", ["a", "b", "c"]),
      ("if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]),
      ("while a; do b; done; until c\ndo d\ndone", ["a", "b", "c", "d"]),
      ("for x in $(a) y; do b; done", ["a", "b"]), ("for ((i=0;i<3;i++)); do a; done", ["a"]),
      ("case $(a) in x|y) b ;; (z) c ;& *) d ;;& esac", ["a", "b", "c", "d"]),
      ("(a; { b; c; })", ["a", "b", "c"]), ("f() { a; }\nfunction g { b; }; function h () ( c )", ["a", "b", "c"]),
      ("X=1 Y=$(a) b", ["b", "a"]), ("a \"$(b \"$(c)\")\" `d`", ["a", "b", "c", "d"]),
      ("a <(b) >(c)", ["a", "b", "c"]), ("[[ $(a) == x && -f y ]] && b", ["[[", "a", "b"]),
      ("(( x = 1 + $(a) )) && b", ["a", "b"]), ("echo $(( 1 + (2) ))", ["echo"]), ("((a); b)", ["a", "b"]),
      ("a <<E\n$(b) `c`\nE\nd", ["a", "b", "c", "d"]), ("a <<'E'\n$(b)\nE\nd", ["a", "d"]),
      ("! a", ["a"]), ("time a | b", ["a", "b"]), ("time -f x a", ["a"]), ("coproc N { a; }", ["a"]),
      ("a \\\n  b\nc", ["a", "c"]), ("# a\nb # c\nd#e", ["b", "d#e"]),
      ("sh -c 'a; b'", ["sh", "a", "b"]), ("bash -euxo pipefail -c \"a | b\"", ["bash", "a", "b"]),
      ("eval a '&&' b", ["eval", "a", "b"]), ("su x -c 'a'", ["su", "a"]), ("sudo bash -c 'a'", ["bash", "a"]),
      ("xargs sh -c 'a'", ["sh", "a"]), ("bash <<E\na\nb\nE\n", ["bash", "a", "b"]),
      ("sudo -E -u x env A=b nohup /usr/bin/a", ["a"]), ("timeout -k 5 10 a", ["a"]), ("command -v a", ["command"]),
      ("select x in a b; do c; done", ["c"]), ("a;;", ["a"]), ("x=(a b $(c)); d", [nil, "c", "d"]),
      ("declare -a x=(1 2)", ["declare"]), ("a[1]=2 b", ["b"]), ("$a b", [nil]), ("a\r\nb\r\n", ["a", "b"]),
      ("case x in esac; a", ["a"]), ("if a; then\n  # only a comment\n  :\nfi", ["a", ":"]),
      ("{ a; } > x 2>&1 | b", ["a", "b"]), ("a 2>/dev/null >&2 {fd}<x &> y", ["a"]),
      ("shopt -s extglob; rm !(x|y) *.@(a|b)", ["shopt", "rm"]),
    ] as [(String, [String?])])
  func names(text: String, expected: [String?]) {
    let script = Self.script(text)
    #expect(script.commands.map(\.name) == expected, "\(text)")
    if text != "a;;" { #expect(script.errors.isEmpty, "\(text): \(script.errors)") }
  }

  @Test(
    "take words as a shell does",
    arguments: [
      ("a b  c", ["a", "b", "c"]), ("'a b' \"c d\"", ["a b", "c d"]), ("a\\ b", ["a b"]), ("a'b'\"c\"d", ["abcd"]),
      ("\"a\\\"b\\\\c\\d\"", ["a\"b\\c\\d"]), ("'' \"\"", ["", ""]), ("$'a\\tb\\x41\\u00e9\\'c'", ["a\tbAé'c"]),
      ("a\\\nb", ["ab"]), ("*.deb [ab]?", ["*.deb", "[ab]?"]), ("{a,b}", ["{a,b}"]), ("a#b", ["a#b"]), ("\\$x", ["$x"]),
      ("\"\\$x\"", ["$x"]), ("~/a", ["~/a"]), ("a=b c", ["c"]), ("\"a\nb\"", ["a\nb"]), ("-x=$'y'", ["-x=y"]),
    ])
  func words(text: String, expected: [String]) {
    let script = Self.script(text)
    #expect(script.commands.first?.words.map(\.text) == expected, "\(text)")
    #expect(script.errors.isEmpty)
  }

  @Test("know the variables, substitutions and holes of words")
  func parts() throws {
    let text = "echo $a \"${b:-$c} d\" ${#e} x${{ f }}y '${{ f }}' $(g) \\$h"
    let script = Self.script(text, holes: ["${{ f }}"])
    let words = try #require(script.commands.first).words
    #expect(words.map(\.variables) == [[], ["a"], ["b", "c"], ["e"], [], [], [], []])
    #expect(words.map(\.holes) == [[], [], [], [], [0], [1], [], []])
    #expect(words.map(\.isSplit) == [false, true, false, true, true, false, true, false])
    #expect(script.commands.map(\.name) == ["echo", "g"])
    #expect(script.commands[1].parent == 0)
    #expect(words.map { script.written($0.range) }[2] == "\"${b:-$c} d\"")
  }

  @Test("know pipelines, conditions, functions, loops and backgrounds")
  func structure() {
    let commands = Self.script("a | b && ! c & f() { d; }; while e; do g; done").commands
    #expect(commands.map(\.name) == ["a", "b", "c", "d", "e", "g"])
    #expect(commands[0].pipeline == commands[1].pipeline && commands[1].pipeline != commands[2].pipeline)
    #expect(commands.map(\.pipelineIndex) == [0, 1, 0, 0, 0, 0])
    #expect(commands.map(\.joiner) == [nil, .pipe, .and, .background, .sequence, nil])
    #expect(commands.map(\.isCondition) == [true, true, true, false, true, false])
    #expect(commands.map(\.isNegated) == [false, false, true, false, false, false])
    #expect(commands.map(\.isInBackground) == [true, true, true, false, false, false])
    #expect(commands.map(\.isInFunction) == [false, false, false, true, false, false])
    #expect(commands.map(\.isInLoop) == [false, false, false, false, true, true])
  }

  @Test("point into the text, from nested scripts too")
  func places() {
    let text = "sudo bash -c \"curl \\\"x\\\" | sh\" && `echo \\`id\\``"
    let script = Self.script(text)
    let shown = Dictionary(
      script.commands.map { ($0.name ?? "", script.written($0.range)) }, uniquingKeysWith: { $1 })
    #expect(shown["curl"] == "curl \\\"x\\\"")
    #expect(shown["sh"] == "sh")
    #expect(shown["id"] == "id")
    #expect(
      script.commands.first { $0.name == "curl" }?.pipeline == script.commands.first { $0.name == "sh" }?.pipeline)
  }

  @Test("know redirections and here-documents")
  func redirections() throws {
    let script = Self.script("cat <<-A >out 2>&1 <<'B'\n\tone $x\n\tA\ntwo\nB\necho >&2")
    let redirections = try #require(script.commands.first).redirections
    #expect(redirections.map(\.sign) == ["<<-", ">", ">&", "<<"])
    #expect(redirections.map(\.descriptor) == [nil, nil, "2", nil])
    #expect(redirections.map { $0.body.map(script.written) } == ["\tone $x\n", nil, nil, "two\n"])
    #expect(redirections.map(\.expandsBody) == [true, false, false, false])
    #expect(script.commands.map(\.name) == ["cat", "echo"])
  }

  @Test("tell flags from operands")
  func arguments() throws {
    let commands = Self.script(
      "tar -xzf a.tgz -C /x --strip-components=1 y; curl -sSLo out --header 'A: b' -k https://x -- -z; pip install -r r.txt x"
    ).commands
    #expect(commands[0].parsedArguments.flags.map(\.name) == ["-x", "-z", "-f", "-C", "--strip-components"])
    #expect(commands[0].parsedArguments.operands.map(\.text) == ["y"])
    #expect(commands[0].option("-f", "--file")?.text == "a.tgz")
    #expect(commands[0].option("--strip-components")?.text == "1")
    #expect(commands[1].parsedArguments.operands.map(\.text) == ["https://x", "-z"])
    #expect(commands[1].hasFlag(["-k", "--insecure"]))
    #expect(!commands[1].hasFlag(["-f"]))
    #expect(commands[1].option("-o", "--output")?.text == "out")
    #expect(commands[2].parsedArguments.operands.map(\.text) == ["install", "x"])
  }

  @Test("know the options that are in force")
  func options() {
    #expect(
      Self.script("#!/bin/bash -eu\nset -o pipefail; f() { set +e; }").options == ["errexit", "nounset", "pipefail"])
    #expect(Self.script("set -euxo pipefail\nset +x").options == ["errexit", "nounset", "pipefail"])
    #expect(Self.script("#!/usr/bin/env -S bash\n").interpreter == "bash")
    #expect(Self.script("echo set -e").options.isEmpty)
  }

  @Test(
    "say what is not understood, and go on",
    arguments: [
      "if a; then b", "a 'b", "a \"b", "a $(b", "a `b", "a ${b", "fi; a", "done\na", "case x in a) b", "a )\nb",
      "a <<E\nb", "( a", "{ a", "[[ a", "a &&", "a |", "x=(a", "for", "a ; ; b", "function",
    ])
  func errors(text: String) {
    #expect(!Self.script(text).errors.isEmpty, "\(text)")
  }
}
