import Findings
import Testing

@testable import Reporting

@Suite("Text for people")
struct TextWriterTests {
  private func text(_ report: Report, _ options: RenderOptions = RenderOptions()) -> String {
    String(decoding: render(report, as: .text, options: options), as: UTF8.self)
  }

  @Test("lets nothing through that a terminal would obey", arguments: [false, true])
  func escaping(isVerbose: Bool) {
    for scalar in text(Sample.hostile, RenderOptions(isVerbose: isVerbose)).unicodeScalars where scalar != "\n" {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        Issue.record("U+\(String(scalar.value, radix: 16)) is printed")
      default: break
      }
    }
  }

  @Test("the coloured text is the plain one with colours")
  func color() {
    let colored = text(Sample.ordinary, RenderOptions(isColored: true))
    let plain = colored.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == text(Sample.ordinary))
    #expect(colored != plain)
  }

  @Test(
    "the mark stands under what it points to",
    arguments: [
      ("a = secret", 4..<10, "a = secret", "    ^^^^^^"), ("\tx\ty", 3..<4, "    x   y", "        ^"),
      ("漢字 = x", 5..<6, "漢字 = x", "       ^"), ("漢字", 1..<2, "漢字", "  ^^"),
      ("e\u{301}x", 1..<2, "e\u{301}x", " ^"), ("\u{1B}x", 1..<2, "\\u{1B}x", "      ^"),
      ("abc", 1..<1, "abc", " ^"), ("abc", 3..<3, "abc", "   ^"), ("abc", 2..<99, "abc", "  ^"),
      ("abc", 50..<60, "abc", ""), ("", 0..<0, "", "^"),
    ])
  func marks(line: String, mark: Range<Int>, code: String, marks: String) {
    let view = SnippetView(Snippet(text: line, mark: mark), width: 40)
    #expect(view.code == code)
    #expect(view.marks == marks)
  }

  @Test("a long line is cut around its mark", arguments: [0, 5, 100, 195, 199])
  func cutting(start: Int) {
    let characters = (0..<200).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) }
    let view = SnippetView(Snippet(text: String(characters), mark: start..<(start + 1)), width: 30)
    #expect(view.code.count <= 30)
    #expect(view.code.count >= 20)
    let column = view.marks.count - 1
    #expect(Array(view.code)[column] == characters[start])
  }

  @Test("a long wide line does not pass the width")
  func wideCutting() {
    let view = SnippetView(Snippet(text: String(repeating: "漢", count: 200), mark: 100..<150), width: 31)
    #expect(TerminalText.cells(view.code) <= 31)
    #expect(view.marks.contains("^"))
  }

  @Test("the advice of a rule stands under its first finding only")
  func advice() {
    let lines = text(Sample.ordinary).split(separator: "\n")
    #expect(lines.count { $0.contains("= fix:") } == 2)
    #expect(lines.allSatisfy { !$0.hasPrefix("      ") || $0.count <= 100 })
  }

  @Test("counts are in the singular or the plural, sizes in units")
  func summary() {
    var report = Sample.ordinary
    #expect(text(report).contains("3 findings: 2 critical, 1 medium (1 suppressed)\n"))
    #expect(
      text(report, RenderOptions(duration: .milliseconds(83))).contains(
        "Scanned 1,204 files, 12.4 MB in 0.08 s. Not scanned: 1 binary, 1 larger than the limit, 2 symbolic\nlinks.\n"))
    report.findings = [report.findings[0]]
    report.coverage = Report.Coverage(files: 1, bytes: 1)
    #expect(text(report).contains("1 finding: 1 critical\nScanned 1 file, 1 byte."))
    report.findings = []
    report.notifications = []
    report.coverage = Report.Coverage(files: 1_000_000, bytes: 2_500_000_000_000)
    #expect(text(report) == "No findings\nScanned 1,000,000 files, 2,500.0 GB.\n")
    #expect(text(Sample.empty).contains("The scan is incomplete: no file was scanned."))
  }

  @Test("warnings are listed five of a kind, errors all")
  func notifications() {
    var report = Sample.ordinary
    report.notifications = (0..<8).flatMap { index in
      [
        Notification(kind: .tooLarge, level: .warning, message: "too large", path: SourcePath("w\(index)")),
        Notification(kind: .unreadable, level: .error, message: "denied", path: SourcePath("e\(index)")),
        Notification(kind: .binary, level: .note, message: "binary", path: SourcePath("n\(index)")),
      ]
    }
    report.findings = []
    let lines = text(report).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("warning: w") } == 5)
    #expect(lines.contains("warning: 3 more of too-large"))
    #expect(lines.count { $0.hasPrefix("error: e") } == 8)
    #expect(!lines.contains { $0.hasPrefix("note:") })
    let quiet = text(report, RenderOptions(hidesSummary: true)).split(separator: "\n")
    #expect(quiet.count == 8)
    #expect(quiet.allSatisfy { $0.hasPrefix("error: e") })
    let verbose = text(report, RenderOptions(isVerbose: true)).split(separator: "\n")
    #expect(verbose.count { $0.hasPrefix("note: n") } == 8)
    #expect(verbose.count { $0.hasPrefix("warning: w") } == 8)
  }

  @Test("the path can be given a prefix and is clickable")
  func prefix() {
    let prefixed = text(Sample.ordinary, RenderOptions(pathPrefix: "sub\u{1B}/"))
    #expect(prefixed.hasPrefix("sub\\u{1B}/src/settings.py\n   12:10  critical  "))
    var options = RenderOptions(pathPrefix: "sub/")
    options.isOneLine = true
    #expect(text(Sample.ordinary, options).hasPrefix("sub/src/settings.py:12:10: critical: GitHub personal"))
  }

  @Test("many findings of one rule are folded into a count, unless all is asked for")
  func folding() {
    func report(_ count: Int) -> Report {
      Report(
        tool: "Tollgate", version: "1.0.0",
        findings: (0..<count).map { index in
          Sample.finding(
            "loud", .medium, path: SourcePath("f\(index / 10)"), line: index + 1, columns: 1..<2, text: "x", mark: 0..<1
          )
        }, coverage: Report.Coverage(files: 1, bytes: 1))
    }
    let many = text(report(400))
    #expect(many.split(separator: "\n").count <= 24)
    #expect(
      many.contains("395 more medium in 40 files: GitHub personal access token stands in the file.  [loud]; --verbose"))
    #expect(many.contains("400 findings: 400 medium"))
    #expect(!text(report(5)).contains(" more "))
    #expect(!text(report(400), RenderOptions(isVerbose: true)).contains(" more "))
    // One that is graded apart is not among them.
    var graded = report(400)
    graded.findings[399].severity = .critical
    #expect(text(graded).contains("  400:1  critical  "))
    var options = RenderOptions()
    options.isOneLine = true
    #expect(text(report(400), options).split(separator: "\n").count { $0.contains(": medium: ") } == 400)
  }

  @Test("findings stand under their file, each file once, whatever their order")
  func grouping() {
    var report = Sample.kinds
    report.findings = report.findings.reversed()
    let lines = text(report).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count { $0 == "pom.xml" } == 1)
    let heads = lines.filter { $0.hasPrefix("  ") && $0.contains("critical  Package") }
    #expect(heads.count == 2)
  }

  @Test("no line is wider than the terminal but one that can not be broken", arguments: [80, 100, 132])
  func width(cells: Int) {
    for report in [Sample.ordinary, Sample.kinds] {
      for line in text(report, RenderOptions(width: cells)).split(separator: "\n") {
        #expect(TerminalText.cells(String(line)) <= cells, "\(line)")
      }
    }
  }

  @Test("links are added where they are shown, and change nothing else")
  func links() {
    var options = RenderOptions(width: 80, isVerbose: true)
    let plain = text(Sample.kinds, options)
    options.linkBase = "file://host/a/"
    let linked = text(Sample.kinds, options)
    #expect(linked.contains("\u{1B}]8;;file://host/a/.github/workflows/ci.yml\u{1B}\\"))
    #expect(linked.replacing(/\u{1B}\]8;;[^\u{1B}]*\u{1B}\\/, with: "") == plain)
    // The name of a file can not end the sequence: it is percent-encoded.
    let hostile = text(Sample.hostile, options)
    #expect(!hostile.contains("]0;owned\u{7}"))
  }
}
