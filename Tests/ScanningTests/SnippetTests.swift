import Findings
import Foundation
import Scanning
import TestSupport
import Testing

@Suite("The line that is shown")
struct SnippetTests {
  private static let token = MadeUpCredential.gitHubToken(3)
  private static let other = MadeUpCredential.slackToken(3)
  private static let mask = "ghp_[masked:33-64]"
  private static let otherMask = "xoxb[masked:33-64]"

  private static func snippets(_ text: String) async -> [Snippet] {
    let report = await Scan.text(text)
    let leak = Leak(of: [token, other])
    for finding in report.findings { #expect(leak.found(in: "\(finding)") == nil) }
    return report.findings.compactMap(\.snippet)
  }

  @Test("masks the value and marks the mask")
  func mask() async {
    let text = "  token = \"\(Self.mask)\" # x"
    let snippets = await Self.snippets("a\n  token = \"\(Self.token)\" # x\r\nb\n")
    #expect(snippets == [Snippet(text: text, mark: 11..<29)])
  }

  @Test("masks all values of the line, each with its own mask")
  func others() async {
    let text = "\(Self.mask), \(Self.otherMask)"
    let expected = [Snippet(text: text, mark: 0..<18), Snippet(text: text, mark: 20..<38)]
    #expect(await Self.snippets("\(Self.token), \(Self.other)\n") == expected)
  }

  @Test("masks a value where it stands again, also where no rule finds it")
  func repeats() async throws {
    // Letters around it keep the pattern from matching.
    let snippets = await Self.snippets("a\(Self.token)b \(Self.token) \(Self.token)\n")
    #expect(snippets.map(\.text) == Array(repeating: "a[masked:33-64]b \(Self.mask) \(Self.mask)", count: 2))
    #expect(snippets.map(\.mark) == [17..<35, 36..<54])
  }

  @Test("cuts a long line around the mark")
  func long() async throws {
    let filler = String(repeating: "var a=1;", count: 10_000)
    let snippet = try #require(await Self.snippets(filler + "x=\"\(Self.token)\";" + filler).first)
    #expect(snippet.text.count < 300)
    #expect(snippet.text.hasPrefix("…") && snippet.text.hasSuffix("…"))
    let characters = Array(snippet.text)
    #expect(String(characters[snippet.mark]) == Self.mask)
  }

  @Test("never cuts through a value that stands again at the edge of what is shown", arguments: 0..<60)
  func edge(distance: Int) async {
    // 100 bytes on each side are shown: the repeated value, which no rule matches here, moves over both edges.
    let gap = String(repeating: " ", count: 50 + distance)
    let filler = String(repeating: "f", count: 200)
    let text = filler + Self.token + "b" + gap + Self.token + gap + "a" + Self.token + filler
    #expect(await Self.snippets(text).count == 1)
  }

  @Test("cuts between characters", arguments: ["é", "漢", "👍"])
  func characters(character: String) async throws {
    for shift in 0..<4 {
      let filler = String(repeating: " ", count: shift) + String(repeating: character, count: 100)
      let snippet = try #require(await Self.snippets(filler + " \(Self.token) " + filler).first)
      #expect(!snippet.text.contains("\u{FFFD}"))
      #expect(String(Array(snippet.text)[snippet.mark]) == Self.mask)
    }
  }

  @Test("shows nothing that moves a cursor or hides text; a tab stays")
  func controls() async {
    let text = "\t\u{1B}[31m\u{7}\u{202E}\u{200B}\u{9B}\u{2028}\u{FEFF} \(Self.token) \u{0}\u{7F}\u{2066}"
    let shown =
      "\t\u{FFFD}[31m" + String(repeating: "\u{FFFD}", count: 6) + " \(Self.mask) "
      + String(repeating: "\u{FFFD}", count: 3)
    // A NUL makes a file binary only near its start.
    let lines = String(repeating: "\n", count: 8_000)
    #expect(await Self.snippets(lines + text).map(\.text) == [shown])
  }

  @Test("marks whole characters also where one takes in the next")
  func combining() async throws {
    let snippet = try #require(await Self.snippets("e\u{301}👩\u{200D}👩 = '\(Self.token)\u{301}'").first)
    let marked = Array(snippet.text)[snippet.mark]
    #expect(String(marked).utf8.starts(with: Self.mask.utf8))
  }

  @Test("of a private key shows the first line alone")
  func key() async {
    let key = MadeUpCredential.privateKey(3)
    let header = "-----BEGIN RSA PRIVATE" + " KEY-----"
    let folded = await Scan.text(key.joined(separator: "\n") + "\n")
    #expect(folded.findings.map(\.snippet) == [Snippet(text: header, mark: 0..<31)])
    let joined = await Scan.text("{\"key\": \"" + key.joined(separator: "\\n") + "\\n\"}\n")
    #expect(joined.findings.map(\.snippet) == [Snippet(text: "{\"key\": \"\(header)[masked:129+]…", mark: 9..<40)])
    let leak = Leak(of: Array(key.dropFirst().dropLast()))
    for report in [folded, joined] { #expect(leak.found(in: "\(report)") == nil) }
  }

  @Test("a value that is part of its own mask does not make masking go on for ever")
  func valueInMask() async {
    // `d:1-8]` is replaced by `[masked:1-8]`, which holds it. A process of its own: it would never end.
    await #expect(processExitsWith: .success) {
      alarm(20)
      let value = "d:1" + "-8]"
      let report = await Scan.text("\(value) server=db;uid=app;password=\(value)\n")
      #expect(report.ruleIDs == ["connection-string-password"])
    }
  }
}
