import Shell
import TestSupport
import Testing

@Suite("Hostile scripts")
struct HostileScriptTests {
  @Test(
    "end soon, whatever is repeated",
    arguments: [
      "$(", "\"", "`", "<<a\n", "${", "((", "$((", "(", "{ ", "[[ ", "if ", "case x in ", "a[", "x=(", "\\", "'", "<(",
      "$'", "!(", "sh -c '", "eval \"", "a;", "a|", "f()", "|", "&&", "<<a <<b\n", "bash <<E\n", "`\\`", "$[",
      "[[ x =~ (",
      "for ", "=(", "*(", "\r", "\0", "é", "echo $(cat <<E\n", "x[$(", "${x[", "while a; do ", "function f ",
    ])
  func repeated(text: String) {
    let bytes = Array(String(repeating: text, count: 50_000 / max(1, text.utf8.count)).utf8)
    let script = ShellScript(parsing: bytes)
    #expect(script.commands.allSatisfy { $0.range.upperBound <= bytes.count })
  }

  @Test("never crash when cut or changed, and keep all ranges within the text")
  func mutations() {
    let samples = [
      "if [ -n \"${X:-}\" ]; then curl -fsSL \"$URL\" | sudo bash -s -- --yes; else echo 'no' >&2; fi\n",
      "cat <<-EOF | tee /x\n\t$(date) ${A[@]}\n\tEOF\nfor f in *.deb; do dpkg -i \"$f\" || exit 1; done\n",
      "f() { local x=$(( $1 + 1 )); case $x in a|b) eval \"$y\";; *) return;; esac; }; f `id -u` <(ls) 2>&1\n",
      "sh -c 'x=\"$(echo \\`a\\`)\"; [[ $x =~ ^(a|b)$ ]] && bash -c \"curl \\\"$1\\\"\"' -- $'\\x41'\n",
    ]
    var generator = SeededGenerator(seed: 11)
    let alphabet = Array("\"'`$(){}[]<>|&;\\\n #=aE-".utf8)
    for sample in samples {
      let bytes = Array(sample.utf8)
      for length in 0...bytes.count { Self.check(Array(bytes.prefix(length))) }
      for _ in 0..<200 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          let place = Int.random(in: 0..<changed.count, using: &generator)
          changed[place] = alphabet.randomElement(using: &generator) ?? 0x20
        }
        Self.check(changed)
      }
    }
  }

  private static func check(_ bytes: [UInt8]) {
    let script = ShellScript(parsing: bytes)
    let all = 0...bytes.count
    for (index, command) in script.commands.enumerated() {
      var ranges = [command.range]
      for word in command.words { ranges += [word.range] + word.parts.map(\.range) }
      ranges += command.redirections.map(\.range) + command.redirections.compactMap(\.body)
      let isFine = ranges.allSatisfy { all.contains($0.lowerBound) && all.contains($0.upperBound) }
      let hasFineParent = command.parent.map { $0 < script.commands.count && $0 != index } ?? true
      if !isFine || !hasFineParent {
        Issue.record("a range outside of \(String(decoding: bytes, as: UTF8.self))")
        return
      }
    }
  }
}
