public import Findings

/// A form in which a report can be written. An open set: later versions add to it.
public struct ReportFormat: RawRepresentable, Hashable, Sendable, CaseIterable {
  /// The name by which people choose the format.
  public let rawValue: String

  /// `nil` when there is no such format.
  public init?(rawValue: String) {
    guard Self.table.contains(where: { $0.name == rawValue }) else { return nil }
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
  /// One self-contained page for people, with charts, search and links to each finding.
  public static let html = ReportFormat(known: "html")

  public static var allCases: [ReportFormat] { table.map { ReportFormat(known: $0.name) } }

  private struct Row: Sendable {
    var name: String
    var fileExtension: String
    var mediaType: String
    var writer: any ReportWriter.Type

    init(_ name: String, _ fileExtension: String, _ mediaType: String, _ writer: any ReportWriter.Type) {
      self.name = name
      self.fileExtension = fileExtension
      self.mediaType = mediaType
      self.writer = writer
    }
  }

  /// One line for each format, in the order in which help texts list them.
  private static let table = [
    Row("text", "txt", "text/plain", TextWriter.self),
    Row("sarif", "sarif", "application/sarif+json", SARIFWriter.self),
    Row("json", "json", "application/json", JSONReportWriter.self),
    Row("jsonl", "jsonl", "application/jsonl", JSONLinesWriter.self),
    Row("markdown", "md", "text/markdown", MarkdownWriter.self),
    Row("html", "html", "text/html", HTMLWriter.self),
    Row("csv", "csv", "text/csv", CSVWriter.self),
    Row("junit", "xml", "application/xml", JUnitWriter.self),
    Row("checkstyle", "xml", "application/xml", CheckstyleWriter.self),
    Row("sonarqube", "json", "application/json", SonarQubeWriter.self),
    Row("gitlab-codequality", "json", "application/json", GitLabCodeQualityWriter.self),
    Row("gitlab-secret-detection", "json", "application/json", GitLabSecretDetectionWriter.self),
    Row("gitlab-sast", "json", "application/json", GitLabSASTWriter.self),
    Row("rdjson", "json", "application/json", ReviewdogWriter.self),
    Row("rdjsonl", "jsonl", "application/jsonl", ReviewdogLinesWriter.self),
    Row("github", "txt", "text/plain", GitHubAnnotationsWriter.self),
    Row("github-summary", "md", "text/markdown", GitHubSummaryWriter.self),
    Row("azure", "txt", "text/plain", AzureWriter.self),
  ]

  private var row: Row {
    // Every way to make a format takes its name from the table.
    guard let row = Self.table.first(where: { $0.name == rawValue }) else {
      preconditionFailure("no writer for the format \(rawValue)")
    }
    return row
  }

  /// What the name of a file in this format ends with, without the dot.
  public var fileExtension: String { row.fileExtension }

  /// What a server says of it (https://www.iana.org/assignments/media-types).
  public var mediaType: String { row.mediaType }

  func written(_ view: ReportView) -> [UInt8] { row.writer.init(view).written() }
}

/// Writes `report` in a format: UTF-8 with a line ending at the end. Equal reports and options give equal bytes.
public func render(
  _ report: Report, as format: ReportFormat, options: RenderOptions = RenderOptions()
) -> [UInt8] {
  format.written(ReportView(report, options: options))
}
