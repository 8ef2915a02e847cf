import Findings
import Foundation
import Reporting
import TestSupport
import Testing

/// A page as text, and what a browser makes of it.
private struct Page {
  let text: String

  init(_ report: Report, options: RenderOptions = RenderOptions()) {
    text = String(decoding: render(report, as: .html, options: options), as: UTF8.self)
  }

  /// What stands between `start` and the next `end`.
  func part(from start: String, to end: String) -> String? {
    guard let first = text.range(of: start), let last = text.range(of: end, range: first.upperBound..<text.endIndex)
    else { return nil }
    return String(text[first.upperBound..<last.lowerBound])
  }
}

private enum PageSample {
  static let rule = Rule(
    id: "sample-rule", pack: "samples", title: "PageSample title", severity: .high, confidence: .high, level: .deny,
    phase: .build, message: "m", why: "Why it matters.", fix: "How to fix it.", references: ["https://example.com/a"])

  static func finding(_ number: Int, path: String, message: String = "A sample.", severity: Severity = .high) -> Finding
  {
    let region = Region(start: Position(line: number + 1, column: 3), end: Position(line: number + 1, column: 5))
    return Finding(
      ruleID: rule.id, severity: severity, confidence: .high, level: .deny, message: message,
      location: Location(path: SourcePath(path), region: region),
      snippet: Snippet(text: "a = <b> & \"c\"", mark: 4..<7), fingerprint: Fingerprint(digest: "f\(number)", ordinal: 1)
    )
  }

  static func report(_ findings: [Finding]) -> Report {
    Report(
      tool: "tollgate", version: "1", rules: [rule], findings: findings,
      notifications: [
        Notification(kind: .binary, level: .note, message: "binary file", path: SourcePath("logo<b>.png"))
      ], coverage: .init(files: 3, bytes: 12))
  }
}

@Suite("The HTML report")
struct HTMLWriterTests {
  @Test("lets nothing but its own style and script act: their digests stand in its policy")
  func policy() throws {
    let page = Page(PageSample.report([PageSample.finding(0, path: "a.txt")]))
    let policy = try #require(page.part(from: "Content-Security-Policy\" content=\"", to: "\">"))
    let style = try #require(page.part(from: "<style>", to: "</style>"))
    let script = try #require(page.part(from: "</script>\n<script>", to: "</script>"))
    func digest(_ text: String) -> String { "'sha256-\(Data(Digest.sha256(Array(text.utf8))).base64EncodedString())'" }
    #expect(policy.contains("default-src 'none'"))
    #expect(policy.contains("style-src \(digest(style));"))
    #expect(policy.contains("script-src \(digest(script));"))
    // Nothing is loaded, and nothing acts but that script.
    #expect(!page.text.contains(" src=") && !page.text.contains("<link") && !page.text.contains("@import"))
    #expect(!style.contains("url("))
  }

  @Test("says the verdict first, and without a gate what the findings are")
  func verdict() {
    let none = Page(PageSample.report([]))
    #expect(none.text.contains("<div class=\"verdict pass\"><strong>No findings</strong>"))
    let one = Page(PageSample.report([PageSample.finding(0, path: "a.txt")]))
    #expect(one.text.contains("<div class=\"verdict fail\"><strong>1 finding</strong><p>1 high</p>"))
    var options = RenderOptions()
    options.verdict = .init(outcome: .pass, headline: "Passed <here>", details: ["1 finding is excused"])
    let passed = Page(PageSample.report([PageSample.finding(0, path: "a.txt")]), options: options)
    #expect(
      passed.text.contains(
        "<div class=\"verdict pass\"><strong>Passed &lt;here&gt;</strong><p>1 finding is excused</p>"))
    var failed = PageSample.report([])
    failed.notifications = [Notification(kind: .engine, level: .error, message: "broken")]
    #expect(Page(failed).text.contains("<div class=\"verdict incomplete\"><strong>Incomplete: no findings</strong>"))
  }

  @Test("holds texts of others as data that cannot end the element they stand in")
  func hostileData() throws {
    let hostile = "</script><script>alert(1)</script><!--<script>\u{2028}\u{202E}"
    let page = Page(PageSample.report([PageSample.finding(0, path: hostile, message: hostile)]))
    #expect(page.text.components(separatedBy: "</script>").count == 3)
    #expect(page.text.components(separatedBy: "<script").count == 3)
    #expect(!page.text.contains("<!--"))
    let data = try #require(page.part(from: "id=\"report\">", to: "</script>"))
    let value = try JSONValue(Array(data.utf8))
    #expect(
      value["findings"][0]["message"].text
        == hostile.replacing("\u{2028}", with: #"\u{2028}"#).replacing("\u{202E}", with: #"\u{202E}"#))
  }
}

/// Chromium, where it is installed.
private enum Browser {
  static let program = ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap { name in
    (Program.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }.first

  struct Outcome {
    /// The document after its script has run.
    var document: String
    /// What the page wrote to the console: errors, and what its policy forbade.
    var console: [Substring]
  }

  /// Opens a page without a network.
  static func open(_ report: Report, fragment: String = "", in directory: TemporaryDirectory) async throws -> Outcome {
    let path = directory.path(of: "report.html")
    try Data(render(report, as: .html)).write(to: URL(fileURLWithPath: path))
    let outcome = try await Program.run(
      try #require(program),
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--virtual-time-budget=5000",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(directory.path(of: "profile"))",
        "--dump-dom", "file://\(path)\(fragment)",
      ], in: directory.path)
    #expect(outcome.status == 0, "\(outcome.error)")
    return Outcome(
      document: outcome.output, console: outcome.error.split(separator: "\n").filter { $0.contains("CONSOLE") })
  }
}

@Suite("The HTML report in a browser", .enabled(if: Browser.program != nil, "chromium is not on the PATH"))
struct HTMLBrowserTests {
  private static let report = PageSample.report([
    PageSample.finding(0, path: "src/one.txt"), PageSample.finding(1, path: "src/two.txt", severity: .low),
    PageSample.finding(2, path: "lib/three.txt", message: "A pelican."),
  ])

  @Test("shows findings, charts and what was not scanned, without an error")
  func loads() async throws {
    try await TemporaryDirectory.with { directory in
      let page = try await Browser.open(Self.report, in: directory)
      #expect(page.console == [])
      #expect(page.document.contains(">3 findings</p>"))
      #expect(page.document.contains("<span class=\"path\">src/one.txt:1:3</span>"))
      #expect(page.document.contains("aria-label=\"src: 2\""))
      #expect(page.document.contains("1 × binary (note)"))
      #expect(page.document.contains("How to fix it."))
    }
  }

  @Test(
    "filters by its address",
    arguments: [
      ("#q=pelican", "1 of 3 findings"), ("#severity=low", "1 of 3 findings"), ("#folder=src", "2 of 3 findings"),
      ("#folder=src&severity=high", "1 of 3 findings"), ("#q=nothing-like-it", "0 of 3 findings"),
    ])
  func filter(fragment: String, count: String) async throws {
    try await TemporaryDirectory.with { directory in
      let page = try await Browser.open(Self.report, fragment: fragment, in: directory)
      #expect(page.console == [])
      #expect(page.document.contains(">\(count)</p>"))
    }
  }

  @Test("opens the finding that its address names, even one that is far down or filtered out")
  func deepLink() async throws {
    try await TemporaryDirectory.with { directory in
      let many = PageSample.report((0..<10_000).map { PageSample.finding($0, path: "src/f\($0).txt") })
      let page = try await Browser.open(many, fragment: "#finding=f150:1&q=f3", in: directory)
      #expect(page.console == [])
      let opened = page.document.components(separatedBy: "<details class=\"finding target\" open=\"\">")
      #expect(opened.count == 2)
      #expect(opened.last?.hasPrefix("<summary>") == true)
      #expect(opened.last?.contains("src/f150.txt:151:3") == true)
      // Of ten thousand only what is near is in the document.
      #expect(page.document.components(separatedBy: "<details class=\"finding").count - 1 == 151)
    }
  }

  @Test("runs nothing that a file name, a message or a snippet holds")
  func hostile() async throws {
    let hostile = "</script><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    try await TemporaryDirectory.with { directory in
      var finding = PageSample.finding(0, path: hostile + ".txt", message: hostile)
      finding.snippet = Snippet(text: hostile, mark: 2..<9)
      finding.suppression = Suppression(kind: .inSource, reason: hostile)
      var report = PageSample.report([finding])
      report.rules[0].title = hostile
      report.rules[0].references = ["javascript:document.title='owned'", hostile]
      report.notifications[0].message = hostile
      let page = try await Browser.open(report, fragment: "#finding=f0:1", in: directory)
      #expect(page.console == [])
      #expect(page.document.contains("<title>No findings - tollgate</title>"))
      #expect(page.document.contains("details class=\"finding suppressed target\" open"))
      #expect(!page.document.contains("<img"))
      #expect(!page.document.contains("href=\"javascript:"))
    }
  }
}
