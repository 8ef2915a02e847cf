import Findings
import Foundation
import Testing

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "are read in the forms that credentials and people write",
    arguments: [
      ("1970-01-01", 0), ("2000-02-29", 951_782_400), ("2026-01-31", 1_769_817_600),
      ("2026-01-31T10:20:30Z", 1_769_854_830), ("2026-01-31t10:20:30z", 1_769_854_830),
      ("2026-01-31 10:20:30", 1_769_854_830), ("2026-01-31T10:20Z", 1_769_854_800),
      ("2026-01-31T10:20:30.123456Z", 1_769_854_830), ("2026-01-31T10:20:30+02:00", 1_769_847_630),
      ("2026-01-31T10:20:30-0130", 1_769_860_230), ("20260131T102030Z", 1_769_854_830), ("1969-12-31", -86_400),
      ("0001-01-01", -62_135_596_800), ("9999-12-31", 253_402_214_400),
    ])
  func read(text: String, seconds: Int) {
    #expect(Timestamp(text)?.secondsSince1970 == seconds)
  }

  @Test(
    "are not read from what is no time",
    arguments: [
      "", "2026", "2026-13-01", "2026-00-10", "2026-02-29", "2026-01-32", "2026-01-31T25:00:00Z", "2026-01-31T10",
      "2026-01-31T10:60:00Z", "2026-01-31X", "2026-01-31Tx", "26-01-31", "2026-01-31T10:20:30Zx", "tomorrow",
      "９999-01-01",
    ])
  func refused(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("are written as days and as times that are read back")
  func written() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for seconds in stride(from: -70_000_000_000, through: 250_000_000_000, by: 777_777_777) {
      let time = Timestamp(secondsSince1970: seconds)
      let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(seconds)))
      guard let year = parts.year, year >= 1583, seconds > -12_000_000_000 else { continue }
      #expect(time.date == String(format: "%d-%02d-%02d", year, parts.month ?? 0, parts.day ?? 0))
      #expect(Timestamp(time.description) == time)
    }
    #expect(Timestamp.now > Timestamp(secondsSince1970: 1_700_000_000))
  }
}
