import Documents
import TestSupport
import Testing

@Suite("Hostile Dockerfiles")
struct HostileDockerfileTests {
  // With quadratic time each of these takes minutes.
  @Test(
    "end soon, whatever is repeated",
    arguments: [
      ("", "\\\n"), ("", "FROM a\n"), ("", "RUN <<A\n"), ("", "RUN <<-A\n"), ("", "ENV a=$\n"), ("ENV a=", "${a:-"),
      ("ENV a=", "${"), ("ENV a=", "$a"), ("RUN ", "x"), ("COPY ", "a "), ("ENV ", "a=b "), ("ENV a=", "\""),
      ("RUN ", "--a "),
      ("RUN ", "<<A "), ("RUN a", " \\\n# x\n"), ("COPY a", " \\\n b"), ("RUN [", "\"\","), ("RUN ", "["),
      ("", "ONBUILD "),
      ("", "x\n"), ("", "# escape=`\n"), ("", "\t"), ("", "\r"), ("", "\0"), ("", "é"), ("LABEL a=", "\\"),
      ("# escape=`\nRUN ", "`\n"),
    ])
  func repeated(start: String, text: String) {
    let count = 300_000 / text.utf8.count
    Self.check(Array((start + String(repeating: text, count: count)).utf8))
  }

  @Test("end soon with many names")
  func names() {
    let numbers = 1...20_000
    for text in [
      numbers.map { "RUN <<A\($0)\n" }.joined(), "ENV a=" + numbers.map { "$a\($0)" }.joined(),
      numbers.map { "ARG a\($0)=1\n" }.joined() + "FROM b\n" + numbers.map { "ARG a\($0)\n" }.joined(),
      // The same text to a reader, but not the same bytes.
      numbers.map { _ in "RUN <<e\u{301}\n" }.joined() + "\u{E9}\n",
      "RUN " + numbers.map { "<<a\($0) " }.joined() + "\n" + numbers.map { "a\($0)\n" }.joined(),
    ] { Self.check(Array(text.utf8)) }
  }

  @Test("may have a stage on each stage, with a variable in each")
  func chain() {
    let count = 10_000
    let lines = (1...count).map { index in
      "FROM s\(index - 1) AS s\(index)\nENV e\(index)=\(index <= 1000 ? "${e\(index - 1)}x" : "y")\n"
    }
    let file = Dockerfile(parsing: Array(("FROM scratch AS s0\nENV e0=x\n" + lines.joined()).utf8))
    #expect(file.stages.count == count + 1)
    #expect(file.stages.dropFirst().allSatisfy { $0.base == $0.index - 1 })
    let values = file.instructions.compactMap(\.assignments.first?.value?.text)
    #expect(values.count == count + 1)
    #expect(values[1000].utf8.count == 1001)
  }

  @Test("never crash when cut or changed, and keep all ranges within the file")
  func mutations() {
    let samples = [
      "# syntax=a\n# escape=`\nARG a=1\nFROM --platform=$b c:${a:-2} AS d\nRUN e `\n  # f\n  g\nCOPY --from=d [\"h\", \"i\"]\n",
      "FROM a\nRUN <<-'E' cat && <<F\n\tb $c\n\tE\nd\nF\nENV a=\"b $c\" d='e f' g=${h:+i${j-k}}\nLABEL l m n\n",
      "FROM a as b\r\nSHELL [\"c\", \"-d\"]\r\nHEALTHCHECK --interval=5s CMD [\"e\"]\r\nONBUILD ADD --chown=$f <<G /h\r\ni\r\nG\r\nFROM b\r\n",
    ]
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("\"'`$(){}[]<\\\n\r\t #=:-,aE\u{0}".utf8) + [0xFF, 0xC3]
    for sample in samples {
      let bytes = Array(sample.utf8)
      for length in 0...bytes.count { Self.check(Array(bytes.prefix(length))) }
      for _ in 0..<500 {
        var changed = bytes
        for _ in 0...generator.below(4) {
          let place = generator.below(changed.count)
          switch generator.below(3) {
          case 0: changed.insert(generator.pick(alphabet), at: place)
          case 1: changed.remove(at: place)
          default: changed[place] = generator.pick(alphabet)
          }
        }
        Self.check(changed)
      }
    }
  }

  private static func check(_ bytes: [UInt8]) {
    let file = Dockerfile(parsing: bytes)
    var ranges = file.directives.map(\.range) + file.errors.map { $0.offset..<$0.offset }
    for instruction in file.instructions {
      ranges += [instruction.range, instruction.keyword] + instruction.flags.map(\.range)
      ranges += instruction.arguments.map(\.range) + instruction.assignments.map(\.range)
      ranges.append(instruction.text.fileRange(of: 0..<instruction.text.bytes.count))
      for document in instruction.hereDocuments {
        ranges += [document.range, document.body.fileRange(of: 0..<max(0, document.body.bytes.count - 1))]
      }
    }
    let all = 0...bytes.count
    let isFine = ranges.allSatisfy { all.contains($0.lowerBound) && all.contains($0.upperBound) }
    let isOrdered = zip(file.instructions, file.instructions.dropFirst()).allSatisfy {
      $0.range.upperBound <= $1.range.lowerBound
    }
    let hasFineStages = file.stages.allSatisfy {
      ($0.base ?? -1) < $0.index && $0.instructions.upperBound <= file.instructions.count
    }
    if !isFine || !isOrdered || !hasFineStages {
      Issue.record("a wrong range in \(String(decoding: bytes.prefix(1000), as: UTF8.self))")
    }
  }
}
