import FoundationEssentials
import Shell
import Testing

@Suite struct Scratch {
  @Test func files() throws {
    guard let list = ProcessInfo.processInfo.environment["SHELL_LIST"] else { return }
    let names = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
    var bad = 0
    let clock = ContinuousClock(); var bytesTotal = 0; var total = Duration.zero; var commands = 0
    for name in names {
      guard let data = try? Data(contentsOf: URL(filePath: String(name))) else { continue }
      let bytes = [UInt8](data)
      let t = clock.now
      let s = ShellScript(parsing: bytes)
      let d = clock.now - t; if d > .milliseconds(100) { print("SLOW \(name) \(d)") }; total += d; bytesTotal += bytes.count; commands += s.commands.count
      for c in s.commands { precondition(c.range.lowerBound >= 0 && c.range.upperBound <= bytes.count) }
      if let e = s.errors.first {
        bad += 1
        let line = bytes[..<e.offset].count { $0 == 10 } + 1
        print("BAD \(name):\(line): \(e.message)")
      }
    }
    print("TOTAL \(names.count) bad \(bad) bytes \(bytesTotal) commands \(commands) time \(total)")
  }
}
