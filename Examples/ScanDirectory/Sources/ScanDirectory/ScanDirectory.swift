import Tollgate

/// Scans a directory, tells of each finding as it is made, and ends with the gate's verdict.
@main
struct ScanDirectory {
  static func main() async throws {
    let directory = CommandLine.arguments.dropFirst().first ?? "."
    let scanner = try PolicyScanner()
    for await event in try scanner.events(for: .directory(directory)) {
      switch event {
      case .finding(let finding):
        // The value itself cannot be printed: `finding.secret` shows its mask.
        print("\(finding.location.path):\(finding.location.region.start.line): \(finding.message)")
      case .finished(let report):
        print(Gate(failOn: .high).decide(report))
      default: break
      }
    }
  }
}
