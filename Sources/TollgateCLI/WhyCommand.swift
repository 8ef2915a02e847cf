import ArgumentParser
import Tollgate

/// What is judged by commands that ask about one finding: a fresh scan, or reports.
struct JudgedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Ask a report in SARIF instead of scanning; may be repeated.", valueName: "file"),
    completion: .file(extensions: ["sarif", "json"]))
  var sarif: [String] = []

  @OptionGroup var scanning: ScanOptions
  @OptionGroup(title: "GATE") var gating: GateOptions

  /// The gate and its verdict.
  func judge() async throws -> (gate: ScanGate, verdict: Verdict) {
    let request = try scanning.request()
    let gate = try ScanGate(gating.request(for: request), for: request)
    guard sarif.isEmpty else {
      return (gate, try gate.decide(try SARIFFiles.read(sarif), fingerprintKey: RuleOptions.fingerprintKey).verdict)
    }
    let scanner = try PolicyScanner(gate.configuration(from: scanning.rules.configuration))
    let report = try await scanner.scan(gate.request(from: request))
    return (gate, try await gate.decide(report, scanner: scanner).verdict)
  }

  /// The decisions on the finding that a fingerprint names.
  static func decisions(named fingerprint: String, in verdict: Verdict) throws(Failure) -> [Decision] {
    let found = verdict.decisions(named: fingerprint)
    guard !found.isEmpty else {
      throw Failure(
        "no finding has the fingerprint \(fingerprint), or several begin so; reports show them: tollgate scan --format json"
      )
    }
    return found
  }
}

/// `tollgate why`
struct WhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tell why the gate decides on a finding as it does.",
    discussion: """
      EXAMPLES
        tollgate why 0f1e2d3c4b5a
        tollgate why 0f1e2d3c4b5a:2 --stage release --as-of 2027-01-01
        tollgate why 0f1e2d3c4b5a --sarif out.sarif
      """)

  @Argument(help: "The fingerprint, as verdicts show it; the first digits are enough.")
  var fingerprint: String

  @OptionGroup var judged: JudgedOptions

  func run() async throws {
    let (_, verdict) = try await judged.judge()
    for decision in try JudgedOptions.decisions(named: fingerprint, in: verdict) {
      try Terminal.writeOutput(explanation(of: decision, in: verdict))
    }
  }
}

/// `tollgate accept`
struct AcceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Accept a finding for some time: write an exception with a reason, an owner and an end.",
    discussion: """
      EXAMPLES
        tollgate accept 0f1e2d3c4b5a --reason 'Key of the public demo account' \\
          --owner team@example.com --until 2027-01-31

      The exception holds for this value, on this line as it is now, and no longer than the policy allows for its severity.
      It is written into .tollgate/exceptions.yml, or into the file that the policy names; all else in it stays as it is.
      """)

  @Argument(help: "The fingerprint, as verdicts show it; the first digits are enough.")
  var fingerprint: String

  @Option(help: "Why it is safe to leave it as it is.")
  var reason: String

  @Option(help: "Who answers for it.")
  var owner: String

  @Option(help: ArgumentHelp("The last day on which it is accepted.", valueName: "date"))
  var until: DayArgument

  @Option(help: "Where it is talked about.")
  var ticket: String?

  @Option(help: "Who agreed.")
  var approvedBy: String?

  @Option(name: .customLong("file"), help: ArgumentHelp("The file of exceptions, or the policy.", valueName: "path"))
  var file: String?

  @OptionGroup var judged: JudgedOptions

  func run() async throws {
    let (gate, verdict) = try await judged.judge()
    let found = try JudgedOptions.decisions(named: fingerprint, in: verdict)
    guard found.count == 1, let decision = found.first else {
      let names = found.map { "\($0.finding.fingerprint) in \($0.finding.location.path)" }.joined(separator: ", ")
      throw Failure("\(found.count) findings have this digest; name one: \(names)")
    }
    if decision.isExcused { throw Failure("it is excused already: \(decision.because.last?.text ?? "")") }
    let acceptance = ExceptionWriter.Acceptance(
      finding: decision.finding, reason: reason, owner: owner, created: Day(of: judged.scanning.clock.time),
      expires: until.day,
      ticket: ticket, approvedBy: approvedBy)
    let (path, id) = try gate.accept(acceptance, in: file, key: RuleOptions.fingerprintKey)
    try Terminal.writeOutput("wrote exception \(id) to \(path): until \(until.day)\n")
  }
}
