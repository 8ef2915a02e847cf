import ArgumentParser
import Tollgate

/// A number of bytes: `10MiB`, `500K`, `1048576`.
struct ByteCount: ExpressibleByArgument, CustomStringConvertible {
  var bytes: Int

  init(bytes: Int) {
    self.bytes = bytes
  }

  init?(argument: String) {
    let text = argument.lowercased()
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units = ["": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    var unit = text.dropFirst(digits.count)
    for suffix in ["ib", "b"] where unit.count > suffix.count && unit.hasSuffix(suffix) {
      unit.removeLast(suffix.count)
    }
    guard let number = Int(digits), let factor = units[String(unit)] else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    bytes = product
  }

  var description: String { bytes % (1 << 20) == 0 ? "\(bytes >> 20)MiB" : "\(bytes)" }
  var defaultValueDescription: String { description }
}

/// Which rules are used.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Add the rule pack in a file, or all packs in a directory; may be repeated.", valueName: "path"))
  var rules: [String] = []

  @Flag(help: "Use only the packs given by --rules.")
  var noBuiltInRules = false

  func scanner() throws -> PolicyScanner { try PolicyScanner(configuration) }

  var configuration: PolicyScanner.Configuration {
    PolicyScanner.Configuration(
      usesBuiltInRules: !noBuiltInRules, rulePaths: rules, fingerprintKey: Self.fingerprintKey)
  }

  /// Empty: the public one.
  static var fingerprintKey: [UInt8] { Array((Terminal.variable("TOLLGATE_FINGERPRINT_KEY") ?? "").utf8) }
}

/// What came of a scan.
struct Scan {
  var report: Report
  /// What leads from here to the root of its paths.
  var pathPrefix: String
  var duration: Duration
}

/// What is scanned, and within which limits.
struct ScanOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Directories and files to scan.", valueName: "path"), completion: .file())
  var paths: [String] = ["."]

  @OptionGroup(title: "SOURCES")
  var git: GitOptions

  @Option(
    help: ArgumentHelp(
      "Leave out paths that match: a name (node_modules, *.min.js) or a path from the root (docs/**/*.svg); may be repeated.",
      valueName: "glob"))
  var exclude: [String] = []

  @Option(help: ArgumentHelp("Skip files that are larger, and say so.", valueName: "size"))
  var maxFileSize = ByteCount(bytes: 10 << 20)

  @Option(
    help: ArgumentHelp(
      "Look into archives, and into archives in them so many deep; 0: into none.", valueName: "n"))
  var archiveDepth = 3

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Files to scan at the same time (default: one for each processor).", valueName: "n"))
  var jobs: Int?

  @Flag(
    help:
      "Let no comment of another tool (gitleaks:allow, nosec, hadolint ignore=…, checkov:skip=…) suppress a finding.")
  var noForeignSuppressions = false
  @OptionGroup var clock: AsOfOption

  @OptionGroup(title: "RULES")
  var rules: RuleOptions

  mutating func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs is at least 1") }
    if !(0...ScanRequest.maxArchiveDepth).contains(archiveDepth) {
      throw ValidationError("--archive-depth is from 0 to \(ScanRequest.maxArchiveDepth)")
    }
    if maxFileSize.bytes > 2 << 30 { throw ValidationError("--max-file-size is at most 2GiB") }
  }

  func request() throws -> ScanRequest {
    var request = ScanRequest(
      git.isEmpty ? .paths(paths) : try git.source(paths: paths), excludes: exclude, maxFileBytes: maxFileSize.bytes,
      workers: jobs, asOf: clock.time)
    request.honoursForeignSuppressions = !noForeignSuppressions
    request.archiveDepth = archiveDepth
    return request
  }

  /// Scans, with progress on standard error when somebody is there to see it.
  func scan(output: OutputOptions) async throws -> Scan {
    try await scan(try request(), with: try rules.scanner(), isQuiet: output.quiet)
  }

  /// Scans for a gate and lets it decide.
  func judge(_ gating: GateOptions, isQuiet: Bool) async throws -> (scan: Scan, verdict: Verdict) {
    let request = try request()
    let gate = try ScanGate(gating.request(for: request), for: request)
    let scanner = try PolicyScanner(gate.configuration(from: rules.configuration))
    var scan = try await scan(gate.request(from: request), with: scanner, isQuiet: isQuiet)
    let (verdict, report) = try await gate.decide(scan.report, scanner: scanner)
    scan.report = report
    return (scan, verdict)
  }

  private func scan(_ request: ScanRequest, with scanner: PolicyScanner, isQuiet: Bool) async throws -> Scan {
    let clock = ContinuousClock()
    let start = clock.now
    let progress = ScanProgress()
    let line = ProgressLine(progress, isQuiet: isQuiet)
    let shown = Task { await line.show() }
    let result: Result<Report, ScanRequestError>
    do throws(ScanRequestError) {
      result = .success(try await scanner.scan(request, progress: progress))
    } catch {
      result = .failure(error)
    }
    shown.cancel()
    await shown.value
    return Scan(
      report: try result.get(), pathPrefix: Self.pathPrefix(of: request), duration: clock.now - start)
  }
}
