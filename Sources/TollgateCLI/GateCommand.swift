import ArgumentParser
import Tollgate

/// `tollgate gate`
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Decide on reports that were written before, by tollgate or by another tool.",
    discussion: """
      EXAMPLES
        tollgate gate out.sarif
        tollgate gate zizmor.sarif tollgate.sarif --fail-on medium
        tollgate gate out.sarif --forecast 90d --forecast-format ics --output gate.ics

      \(Exit.help)
      """)

  @Argument(
    help: ArgumentHelp("Reports in SARIF 2.1.0; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["sarif", "json"]))
  var files: [String]

  @OptionGroup var clock: AsOfOption
  @OptionGroup(title: "GATE") var gating: GateOptions
  @OptionGroup(title: "OUTPUT") var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Tell what will fail on which day when nothing but time passes, so many days ahead: 90d.", valueName: "days"))
  var forecast: DayCount?

  @Option(
    help: ArgumentHelp("The form of the forecast: text, json or ics (a calendar).", valueName: "format"),
    transform: { text in
      guard let format = ForecastFormat(rawValue: text) else {
        throw ValidationError("--forecast-format is text, json or ics")
      }
      return format
    })
  var forecastFormat = ForecastFormat.text

  func run() throws {
    let request = ScanRequest(.paths(["."]), asOf: clock.time)
    let gate = try ScanGate(gating.request(for: request), for: request)
    let merged = try SARIFFiles.read(files)
    if let forecast {
      let ahead = try gate.gate(fingerprintKey: RuleOptions.fingerprintKey).forecast(merged, days: forecast.days)
      let bytes = render(ahead, as: forecastFormat)
      if let file = output.output { try OutputFile.replace(file, bytes) } else { try Terminal.writeOutput(bytes) }
      return
    }
    let (verdict, report) = try gate.decide(merged, fingerprintKey: RuleOptions.fingerprintKey)
    try gating.write(verdict)
    try output.write(report, pathPrefix: "", duration: nil, verdict: verdict)
    try output.tell(verdict)
    throw ExitCode(verdict.exitCode)
  }
}

/// A number of days: `90d`, `12w`.
struct DayCount: ExpressibleByArgument {
  var days: Int

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), (1...Gate.longestForecast).contains(number) else { return nil }
    switch argument.dropFirst(digits.count) {
    case "", "d": days = number
    case "w": days = min(number * 7, Gate.longestForecast)
    default: return nil
    }
  }
}
