public import Findings

/// A form in which a report can be written. An open set: later versions add to it.
public struct ReportFormat: RawRepresentable, Hashable, Sendable, CaseIterable {
  /// The name by which people choose the format.
  public let rawValue: String

  /// `nil` when there is no such format.
  public init?(rawValue: String) {
    guard Self.writers.contains(where: { $0.name == rawValue }) else { return nil }
    self.rawValue = rawValue
  }

  private init(known name: String) {
    rawValue = name
  }

  /// For people, in a terminal or a job's log.
  public static let text = ReportFormat(known: "text")
  /// SARIF 2.1.0 errata 01, for code scanning services and for ``SARIFReader``.
  public static let sarif = ReportFormat(known: "sarif")
  /// Tollgate's own form for scripts: `docs/report.schema.json`.
  public static let json = ReportFormat(known: "json")
  /// The same, one object a line.
  public static let jsonLines = ReportFormat(known: "jsonl")

  public static var allCases: [ReportFormat] { writers.map { ReportFormat(known: $0.name) } }

  typealias Writer = @Sendable (Report, RenderOptions) -> [UInt8]

  /// One line for each format, in the order in which help texts list them.
  private static let writers: [(name: String, write: Writer)] = [
    ("text", { TextWriter(report: $0, options: $1).written() }),
    ("sarif", { report, _ in SARIFWriter(report: report).written() }),
    ("json", { report, _ in JSONReportWriter(report: report).written() }),
    ("jsonl", { report, _ in JSONLinesWriter(report: report).written() }),
  ]

  var write: Writer {
    // Every way to make a format takes its name from the table.
    guard let row = Self.writers.first(where: { $0.name == rawValue }) else {
      preconditionFailure("no writer for the format \(rawValue)")
    }
    return row.write
  }
}

/// Writes `report` in a format: UTF-8 with a line ending at the end. Equal reports and options give equal bytes.
public func render(
  _ report: Report, as format: ReportFormat, options: RenderOptions = RenderOptions()
) -> [UInt8] {
  format.write(report, options)
}
