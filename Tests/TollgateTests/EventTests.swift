import Synchronization
import TestSupport
import Testing

@testable import Tollgate

@Suite("The events of a scan")
struct EventTests {
  @Test("end with the report, which is the one that scanning at once gives")
  func end() async throws {
    let scanner = try PolicyScanner()
    let request = ScannerTests.request(
      (0..<30).map { ("f\($0)", "x = '\(MadeUpCredential.gitHubToken(UInt64($0)))'\n") })
    var findings = 0
    var last: ScanEvent?
    for await event in try scanner.events(for: request) {
      if case .finding = event { findings += 1 }
      last = event
    }
    guard case .finished(let report) = last else {
      Issue.record("the last event is not the report")
      return
    }
    #expect(findings == 30)
    let expected = try await scanner.scan(request)
    let isSame = "\(report)" == "\(expected)"
    #expect(isSame)
  }

  @Test("can be asked for twice: each time is a scan")
  func twice() async throws {
    let events = try PolicyScanner().events(for: ScannerTests.request([("a", ScannerTests.token)]))
    for _ in 0..<2 {
      var count = 0
      for await _ in events { count += 1 }
      #expect(count == 4)
    }
  }

  @Test("that nobody listens to any more end the scan", .endsInTheEnd)
  func abandoned() async {
    let (cancelled, teller) = AsyncStream.makeStream(of: Void.self)
    // A scan that goes on until it is cancelled.
    let events = ScanEvents { onEvent in
      onEvent(.started(fileCount: 1))
      let forever = AsyncStream<Void> { _ in }
      for await _ in forever {}
      if Task.isCancelled { teller.yield() }
      teller.finish()
    }
    for await _ in events { break }
    var count = 0
    for await _ in cancelled { count += 1 }
    #expect(count == 1)
  }

  @Test("can be abandoned in the middle of a real scan, and the scanner goes on working")
  func abandonedScan() async throws {
    let scanner = try PolicyScanner()
    let request = ScannerTests.request((0..<200).map { ("f\($0)", ScannerTests.token) })
    for _ in 0..<5 {
      for await event in try scanner.events(for: request) { if case .finding = event { break } }
    }
    #expect(try await scanner.scan(request).findings.count == 200)
  }
}
