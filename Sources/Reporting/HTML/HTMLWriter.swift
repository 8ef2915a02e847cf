internal import Findings

// One file that works from a mail attachment or a job's artefacts: style, script and data are inside, and its content
// security policy lets nothing else in. The report is data (JSON in a script element that is none), which the page's own
// script (Sources/ReportPage/report.js) turns into text; this writer makes markup of texts that are its own, and of the few
// that it escapes itself.

/// Writes a page for people: verdict, what to do first, charts, findings to search and filter, what was not scanned.
struct HTMLWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    var page = HTMLPage()
    page.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"\(Self.contentSecurityPolicy)\">\n")
    page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.markup("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
    page.text("\(verdict.headline) - \(view.report.tool)")
    page.markup("</title>\n<style>")
    page.bytes += PagePart.style
    page.markup("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#findings-title\">To the findings</a>\n")
    writeHeader(to: &page)
    page.markup(Self.body)
    writeFooter(to: &page)
    page.markup("<script type=\"application/json\" id=\"report\">")
    page.data(HTMLReportData(view).written())
    page.markup("</script>\n<script>")
    page.bytes += PagePart.script
    page.markup("</script>\n</body>\n</html>\n")
    return page.bytes
  }

  /// Only the style and the script of the page itself, known by their digests, and nothing from the network
  /// (https://www.w3.org/TR/CSP3/).
  private static var contentSecurityPolicy: String {
    let style = Digest.base64(Digest.sha256(PagePart.style))
    let script = Digest.base64(Digest.sha256(PagePart.script))
    return "default-src 'none'; style-src 'sha256-\(style)'; script-src 'sha256-\(script)'; base-uri 'none'; "
      + "form-action 'none'"
  }

  // MARK: Head and foot, which need no script

  private var verdict: RenderOptions.Verdict { view.options.verdict ?? .init(of: view) }

  private func writeHeader(to page: inout HTMLPage) {
    page.markup("<header>\n<h1>Policy scan</h1>\n<div class=\"verdict \(verdict.outcome.rawValue)\"><strong>")
    page.text(verdict.headline)
    page.markup("</strong>")
    for line in verdict.details {
      page.markup("<p>")
      page.text(line)
      page.markup("</p>")
    }
    page.markup("</div>\n<p class=\"faint\">")
    page.text(coverage)
    page.markup("</p>\n</header>\n")
  }

  private var coverage: String {
    var parts: [String] = []
    if let coverage = view.report.coverage {
      parts.append("\(coverage.files) \(coverage.files == 1 ? "file" : "files") scanned, \(coverage.bytes) bytes")
    }
    let skipped = view.report.notifications.count(where: \.isSkip)
    if skipped > 0 { parts.append("\(skipped) not scanned") }
    if view.suppressedCount > 0 { parts.append("\(view.suppressedCount) excused") }
    if let duration = view.options.duration {
      parts.append("\(duration.components.seconds).\(duration.components.attoseconds / 100_000_000_000_000_000) s")
    }
    return parts.joined(separator: "; ")
  }

  private func writeFooter(to page: inout HTMLPage) {
    page.markup("<footer>\n<p>")
    page.text(view.report.version.isEmpty ? view.report.tool : "\(view.report.tool) \(view.report.version)")
    page.markup("</p>\n")
    if !view.report.packs.isEmpty {
      page.markup(
        "<details><summary>Rule packs</summary>\n<table><tr><th>Pack</th><th>Rules</th><th>SHA-256</th></tr>\n")
      for pack in view.report.packs {
        page.markup("<tr><td>")
        page.text(pack.name)
        page.markup("</td><td>\(pack.ruleCount)</td><td><code>")
        page.text(pack.digest)
        page.markup("</code></td></tr>\n")
      }
      page.markup("</table></details>\n")
    }
    page.markup("</footer>\n")
  }

  /// What the script fills; hidden until it has.
  private static let body = """
    <main>
    <noscript><p>The findings of this page are shown by the script in it, which this viewer does not run. Open the file in \
    a browser, or write the report in another format.</p></noscript>
    <div id="page" hidden>
    <section id="first-section"><h2>What to do first</h2><ol class="first" id="first"></ol></section>
    <section id="charts-section"><h2>Overview</h2><div class="charts" id="charts"></div></section>
    <section aria-labelledby="findings-title">
    <h2 id="findings-title" tabindex="-1">Findings</h2>
    <form class="filters" id="filters" role="search">
    <label class="search">Search <input type="search" id="search" autocomplete="off" placeholder="words in path, rule or message"></label>
    <fieldset id="severities" aria-label="Severity"></fieldset>
    <label>Pack <select id="filter-pack"><option value="">all</option></select></label>
    <label>Phase <select id="filter-phase"><option value="">all</option></select></label>
    <label>Folder <select id="filter-folder"><option value="">all</option></select></label>
    <label>Level <select id="filter-level"><option value="">all</option></select></label>
    <label>State <select id="filter-state"><option value="">all</option></select></label>
    <label>Rule <select id="filter-rule"><option value="">all</option></select></label>
    <fieldset><label><input type="checkbox" id="suppressed"> excused ones too</label></fieldset>
    <button type="button" id="reset">Show all</button>
    </form>
    <p class="count" id="count" role="status"></p>
    <div id="findings"></div>
    <button type="button" class="more" id="more" hidden></button>
    </section>
    <section id="not-scanned"><h2>What was not scanned, and other notes</h2><div id="notifications"></div></section>
    </div>
    </main>

    """
}

/// A page that is being written.
struct HTMLPage {
  var bytes: [UInt8] = []

  /// Markup of ours.
  mutating func markup(_ text: String) { bytes += text.utf8 }

  /// Text of others, safe in an element and in a quoted attribute.
  mutating func text(_ text: String) {
    for byte in PlainText.line(text).utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      default: bytes.append(byte)
      }
    }
  }

  /// JSON for a script element: `<`, which could end the element or begin a comment there, and `&` and `>` stand only in
  /// strings of JSON, where they can be escaped (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements).
  mutating func data(_ json: [UInt8]) {
    bytes.reserveCapacity(bytes.count + json.count + json.count / 8)
    for byte in json {
      switch byte {
      case UInt8(ascii: "<"): bytes += #"\u003c"#.utf8
      case UInt8(ascii: ">"): bytes += #"\u003e"#.utf8
      case UInt8(ascii: "&"): bytes += #"\u0026"#.utf8
      default: bytes.append(byte)
      }
    }
  }
}
