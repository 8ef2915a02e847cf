import Tollgate

/// Reads reports that the user named.
enum SARIFFiles {
  /// All of them as one report.
  static func read(_ files: [String]) throws -> Report {
    var reports: [Report] = []
    for file in files {
      let bytes = try InputFile.read(file)
      do throws(ReportError) {
        reports.append(try SARIFReader.read(bytes))
      } catch {
        throw Failure("\(file): \(error)", exit: .incomplete)
      }
    }
    return Report(merging: reports)
  }
}
