import Findings
import Gating
import Testing

@Suite("Exceptions")
struct ExceptionTests {
  /// One exception for the sample's finding; `extra` are more keys.
  private static func policy(_ extra: String = "", match: String? = nil, settings: String = "") -> String {
    """
    version: 1
    exceptions:
      \(settings)
      list:
        - id: one
          match: \(match ?? "{fingerprints: '\(Sample.digest("token"))'}")
          reason: it is made up for a test
          owner: team@localhost
          created: 2026-11-20
          expires: 2026-12-20
          \(extra)
    """
  }

  private static func day(_ text: String) -> Day { Day(text) ?? Sample.day }

  struct Case: Sendable, CustomTestStringConvertible {
    var extra = ""
    var match: String?
    var settings = ""
    var finding = Sample.finding()
    var asOf = "2026-11-25"
    /// `nil`: it holds.
    var fault: String?
    var testDescription: String { "\(extra) \(match ?? "") \(settings) \(asOf): \(fault ?? "holds")" }
  }

  static let cases = [
    Case(), Case(asOf: "2026-11-20"), Case(asOf: "2026-12-20"),
    Case(asOf: "2026-12-21", fault: "it ended on 2026-12-20"),
    Case(asOf: "2026-11-19", fault: "it begins on 2026-11-20"),
    Case(settings: "caps: {high: 7}", asOf: "2026-11-27"),
    Case(settings: "caps: {high: 7}", asOf: "2026-11-28", fault: "it ended on 2026-11-27: the policy allows 7 days"),
    Case(settings: "caps: {critical: 7}", asOf: "2026-11-28"),
    Case(match: "{rules: token, paths: src}"), Case(match: "{rules: 'tok*', paths: src}"),
    Case(extra: "while: {severity: high}"), Case(extra: "while: {severity: medium}", fault: "the severity is high"),
    Case(extra: "while: {proof: none}"), Case(extra: "while: {proof: shaped}", fault: "the proof says none"),
    Case(extra: "while: {content: '\(Baseline.context(of: Sample.finding(), key: []))'}"),
    Case(
      extra: "while: {content: '\(Baseline.context(of: Sample.finding(), key: []))'}",
      finding: Sample.finding(lineHash: "ffff:1"), fault: "the line that it accepts has changed"),
    Case(extra: "while: {version: 1.2.3}", finding: Sample.finding(message: "libx 1.2.3 is old.")),
    Case(
      extra: "while: {version: 1.2.3}", finding: Sample.finding(message: "libx v1.2.3"),
      fault: "the finding is no longer about version"),
    Case(
      extra: "while: {version: 1.2.3}", finding: Sample.finding(message: "libx 1.2.3.1 is old"),
      fault: "the finding is no longer about version 1.2.3"),
    Case(extra: "while: {version: 1.2.3}", finding: Sample.finding(message: "fixed since 1.2.3.")),
  ]

  @Test("hold until their end, within the caps, and as long as their evidence is the same", arguments: cases)
  func holding(row: Case) throws {
    let text = Self.policy(row.extra, match: row.match, settings: row.settings)
    let decision = try Sample.decision(text, row.finding, asOf: Self.day(row.asOf))
    #expect(decision.effect == (row.fault == nil ? .off : .deny))
    #expect(decision.unexcused == .deny)
    let fault = decision.because.compactMap { if case .exceptionVoid(_, let why) = $0 { why } else { nil } }.first
    #expect(fault?.hasPrefix(row.fault ?? "-") ?? (row.fault == nil), "\(fault ?? "")")
    #expect((decision.finding.suppression?.exceptionID == "one") == (row.fault == nil))
  }

  @Test("are told of: used, expiring, unused, duplicate, expired, void")
  func statuses() throws {
    let fields = "reason: it is made up for a test, owner: me, created: 2026-11-01"
    let digest = Sample.digest("token")
    let text = """
      version: 1
      exceptions:
        warnBefore: 10
        list:
          - {id: used, match: {fingerprints: '\(digest)'}, expires: 2027-01-01, \(fields)}
          - {id: duplicate, match: {fingerprints: '\(digest)'}, expires: 2027-01-01, \(fields)}
          - {id: expiring, match: {fingerprints: '\(Sample.digest("b"))'}, expires: 2026-12-05, \(fields)}
          - {id: expired, match: {fingerprints: '\(Sample.digest("c"))'}, expires: 2026-11-24, \(fields)}
          - {id: void, match: {fingerprints: '\(Sample.digest("d"))'}, expires: 2027-01-01, while: {severity: low}, \(fields)}
          - {id: unused, match: {fingerprints: '\(Sample.digest("e"))'}, expires: 2027-01-01, \(fields)}
          - {id: gone, match: {fingerprints: '\(Sample.digest("f"))'}, expires: 2026-11-02, \(fields)}
      """
    let report = Sample.report([Sample.finding(), Sample.finding("b"), Sample.finding("c"), Sample.finding("d")])
    var gate = Gate(policy: try Sample.policy(text), asOf: Sample.day)
    let verdict = gate.decide(report)
    let statuses = verdict.exceptions.map { "\($0.id) \($0.status)" }
    #expect(
      statuses == [
        "used used", "duplicate duplicate", "expiring expiring", "expired expired", "void void", "unused unused",
        "gone expired",
      ])
    #expect(verdict.decisions.map(\.effect) == [.off, .off, .deny, .deny])
    // A scan of a part cannot know that an exception is not needed.
    gate.reach = .unknown
    #expect(!gate.decide(report).exceptions.contains { $0.status == .unused })
  }

  @Test("that nobody needs fail the gate where the policy says so")
  func unused() throws {
    let gate = Gate(policy: try Sample.policy(Self.policy(settings: "unused: deny")), asOf: Sample.day)
    let verdict = gate.decide(Sample.report([]))
    #expect(verdict.outcome == .failed)
    #expect(verdict.reasons == ["1 exception is not needed"])
  }

  @Test("do not count against a rule that allows none")
  func disallowed() throws {
    let rule = "\nrules: [{id: never, match: {}, then: deny, exceptions: false}]"
    #expect(try Sample.decision(Self.policy() + rule, Sample.finding()).effect == .deny)
  }

  @Test("of an earlier verdict are looked at anew")
  func stale() throws {
    let suppression = Suppression(kind: .external, reason: "it was accepted", exceptionID: "old")
    let decision = try Sample.decision("version: 1", Sample.finding(suppression: suppression))
    #expect(decision.effect == .deny)
    #expect(decision.finding.suppression == nil)
  }

  @Test(
    "in comments count as the policy says", arguments: [("allow", Effect.off), ("existing", .deny), ("ignore", .deny)])
  func inline(word: String, effect: Effect) throws {
    let suppression = Suppression(kind: .inSource, reason: "test data")
    let text = "version: 1\ntrust: {inlineSuppressions: \(word)}"
    #expect(try Sample.decision(text, Sample.finding(novelty: .new, suppression: suppression)).effect == effect)
    let old = try Sample.decision(text, Sample.finding(novelty: .existing, suppression: suppression))
    #expect(old.effect == (word == "ignore" ? .warn : .off))
  }

  // MARK: Writing

  private static func added(
    to text: String?, reason: String = "accepted until the vendor mends it", file: String = "e.yml"
  ) throws -> String {
    let writer = ExceptionWriter(policy: .builtIn, key: [])
    let acceptance = ExceptionWriter.Acceptance(
      finding: Sample.finding(), reason: reason, owner: "a \"team\"", created: Sample.day,
      expires: Sample.day.adding(30))
    return String(
      decoding: try writer.adding(acceptance, to: text.map { Array($0.utf8) }, file: file).bytes, as: UTF8.self)
  }

  static let old =
    "{id: old, match: {fingerprints: '0123456789abcdef'}, reason: it is test data, owner: me, created: 2026-11-01, expires: 2026-12-01}"

  @Test(
    "are added to a file without touching anything else",
    arguments: [
      nil, "", "version: 1\n", "version: 1\nexceptions: []\n", "version: 1\nexceptions:\n",
      "version: 1\nexceptions: []",
      "# head\nversion: 1 # one\nexceptions: # all\n  # first\n  - \(old) # because\n\n# tail\n",
      "version: 1\nexceptions:\n- \(old)", "exceptions:\n      - \(old)\nversion: 1\n",
      "version: 1\r\nexceptions:\r\n  - \(old)\r\n",
      "version: 1\nexceptions:\n  - id: old\n    match: {fingerprints: '0123456789abcdef'}\n    owner: me\n    created: 2026-11-01\n    expires: 2026-12-01\n    reason: |\n      it is test data\n      # no comment\n# tail\n",
      "version: 1\nid: policy\n",
      "version: 1\nrules: [{id: a, match: {}, then: deny}]\nexceptions:\n  warnBefore: 3\n  list:\n    - \(old)\n  unused: off\n",
    ])
  func writing(text: String?) throws {
    let result = try Self.added(to: text)
    // Every line that was there is there, in its order.
    var lines = result.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)[...]
    for line in (text ?? "").replacing("\r\n", with: "\n").split(separator: "\n") {
      let wanted = line.replacing(" []", with: "")
      guard let place = lines.firstIndex(where: { $0.trimmingSuffix == wanted.trimmingSuffix }) else {
        Issue.record("\(line) is gone from\n\(result)")
        return
      }
      lines = lines[(place + 1)...]
    }
    if text?.contains("\r\n") == true { #expect(!result.replacing("\r\n", with: "").contains("\n")) }
    // And once more: the second stands behind the first.
    #expect(result.contains("owner: \"a \\\"team\\\"\""))
    #expect(result.contains("expires: \(Sample.day.adding(30))"))
  }

  @Test("with words that would end a text of YAML stay one exception")
  func hostileWords() throws {
    let reason = "x\"\n- id: other # \\ ' : {[\t\u{2028}\u{7F} end"
    let text = try Self.added(to: "version: 1\nexceptions:\n  - \(Self.old)\n", reason: reason)
    let decision = try Sample.decision(
      "version: 1\nexceptions: {files: [e.yml]}", Sample.finding(), files: ["e.yml": text])
    guard case .exception(_, _, let read, _)? = decision.because.last else {
      Issue.record("\(decision.because)")
      return
    }
    #expect(read == reason)
  }

  @Test("beyond the cap, in the past or without a real reason are refused")
  func refused() {
    let writer = ExceptionWriter(policy: .builtIn, key: [])
    func attempt(_ reason: String, _ days: Int, _ severity: Severity = .high) -> String {
      let acceptance = ExceptionWriter.Acceptance(
        finding: Sample.finding("token", severity), reason: reason, owner: "me", created: Sample.day,
        expires: Sample.day.adding(days))
      do {
        _ = try writer.adding(acceptance, to: nil, file: "e.yml")
        return "accepted"
      } catch {
        return "\(error)"
      }
    }
    #expect(attempt("a reason that is long enough", 180) == "accepted")
    #expect(
      attempt("a reason that is long enough", 181).contains("allows 180 days for severity high: until 2027-05-24"))
    #expect(attempt("a reason that is long enough", 91, .critical).contains("allows 90 days"))
    #expect(attempt("a reason that is long enough", -1).contains("is past"))
    #expect(attempt("why not", 3).contains("shorter than"))
  }
}

extension StringProtocol {
  /// Without blanks at the end.
  fileprivate var trimmingSuffix: String {
    var text = String(self)
    while text.last == " " { text.removeLast() }
    return text
  }
}
