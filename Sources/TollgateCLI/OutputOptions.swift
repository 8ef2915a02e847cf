import ArgumentParser
import Glibc
import Tollgate

/// When to colour text.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// A ``ReportFormat`` as an argument.
struct FormatChoice: ExpressibleByArgument, CustomStringConvertible {
  var format: ReportFormat

  init(_ format: ReportFormat) {
    self.format = format
  }

  init?(argument: String) {
    guard let format = ReportFormat(rawValue: argument) else { return nil }
    self.format = format
  }

  var description: String { format.rawValue }
  var defaultValueDescription: String { description }
  static var allValueStrings: [String] { ReportFormat.allCases.map(\.rawValue) }
}

/// A report to be written to a file: `FORMAT=FILE`.
struct ReportDestination: ExpressibleByArgument {
  var format: ReportFormat
  var file: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let format = ReportFormat(rawValue: String(parts[0])) else { return nil }
    self.format = format
    file = String(parts[1])
  }
}

/// Where reports go and how they look.
struct OutputOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The form of the report.")
  var format = FormatChoice(.text)

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the report to a file.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write one more report, such as sarif=out.sarif; may be repeated.", valueName: "format=file"))
  var report: [ReportDestination] = []

  @Option(help: "Colour: auto, always or never. NO_COLOR and TERM=dumb are honoured by auto.")
  var color: ColorChoice = .auto

  @Flag(name: .shortAndLong, help: "Only the report: no progress, no verdict, no summary in text.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "List every finding, suppressed ones too, and every skipped file.")
  var verbose = false

  @Flag(help: "In text one line for each finding, without its code.")
  var oneline = false

  @OptionGroup(title: "SARIF") var sarif: SARIFOptions

  private var isColored: Bool {
    switch color {
    case .always: return true
    case .never: return false
    case .auto:
      guard output == nil, Terminal.isTerminal(STDOUT_FILENO) else { return false }
      return Terminal.variable("NO_COLOR", isSet: false) && Terminal.variable("TERM") != "dumb"
    }
  }

  /// Writes all reports that were asked for.
  func write(_ report: Report, pathPrefix: String, duration: Duration?, verdict: Verdict? = nil) throws {
    try write([report], pathPrefix: pathPrefix, duration: duration, verdict: verdict)
  }

  /// The same for the reports of several tools; in SARIF each keeps its run.
  func write(_ reports: [Report], pathPrefix: String, duration: Duration?, verdict: Verdict? = nil) throws {
    var options = RenderOptions(
      isColored: isColored, width: output == nil ? Terminal.width : 100, pathPrefix: pathPrefix, duration: duration,
      isVerbose: verbose, hidesSummary: quiet)
    options.isOneLine = oneline
    options.verdict = verdict.map(RenderOptions.Verdict.init)
    options.linkBase = isColored && output == nil && Hyperlinks.areShown ? Hyperlinks.base(of: pathPrefix) : nil
    sarif.apply(to: &options)
    try OutputFile.replace(output, render(reports, as: format.format, options: options))
    options.isColored = false
    options.linkBase = nil
    options.width = 100
    for destination in report {
      try OutputFile.replace(destination.file, render(reports, as: destination.format, options: options))
    }
  }

  /// Tells the verdict: with the text where text is shown, else beside the data.
  func tell(_ verdict: Verdict) throws {
    guard !quiet else { return }
    let isText = format.format == .text && output == nil
    let text = String(decoding: Tollgate.render(verdict, as: .text), as: UTF8.self)
    if isText { try Terminal.writeOutput(text) } else { Terminal.writeError(text) }
  }
}

extension Terminal {
  /// Whether the variable is set to something (`isSet`), or is not.
  static func variable(_ name: String, isSet: Bool) -> Bool { (variable(name)?.isEmpty == false) == isSet }
}
