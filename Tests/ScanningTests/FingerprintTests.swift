import Findings
import Scanning
import TestSupport
import Testing

@Suite("Fingerprints of findings")
struct FingerprintTests {
  private static let token = MadeUpCredential.gitHubToken(6)

  private static func prints(_ text: String, path: String = "a", key: [UInt8] = [1]) async -> [Fingerprint] {
    await Scan.files([(path, Array(text.utf8))], options: Scan.options(key: key)).findings.map(\.fingerprint)
  }

  @Test("stay when lines move, code is indented anew, or the file is renamed or stored in another encoding")
  func stable() async {
    let original = await Self.prints("x = \"\(Self.token)\"\n")
    #expect(original.count == 1)
    #expect(await Self.prints("\n\n# new\n    x = \"\(Self.token)\"\n") == original)
    #expect(await Self.prints("\tlet other_name = '\(Self.token)'\r\n") == original)
    #expect(await Self.prints("x = \"\(Self.token)\"\n", path: "b/c") == original)
    let utf16 = await Scan.bytes("x = \"\(Self.token)\"\n".utf16(isBigEndian: true))
    #expect(utf16.findings.map(\.fingerprint) == original)
  }

  @Test("stay when a key is indented, or gets other line ends")
  func key() async {
    let key = MadeUpCredential.privateKey(6)
    let original = await Self.prints(key.joined(separator: "\n") + "\n")
    #expect(original.count == 1)
    #expect(await Self.prints(key.map { "    \($0)\r\n" }.joined()) == original)
  }

  @Test("differ between values, between rules and between keys")
  func different() async throws {
    let original = try #require(await Self.prints(Self.token).first)
    #expect(await Self.prints(MadeUpCredential.gitHubToken(7)).first != original)
    #expect(await Self.prints(Self.token, key: [2]).first != original)
    let npm = "npm" + Self.token.dropFirst(3)
    #expect(await Self.prints(String(npm)).first?.digest != original.digest)
  }

  @Test("count equal values by path and place")
  func ordinals() async {
    let line = Array("\(Self.token)\n".utf8)
    let report = await Scan.files([("b", line + line), ("a", line), ("c", line)], options: Scan.options(workers: 4))
    #expect(report.findings.map(\.location.path.description) == ["a", "b", "b", "c"])
    #expect(report.findings.map(\.fingerprint.ordinal) == [1, 2, 3, 4])
    #expect(Set(report.findings.map(\.fingerprint.digest)).count == 1)
  }

  @Test("of a suppressed finding stay what they were")
  func suppressed() async {
    let comment = "# tollgate" + ":ignore \(github) -- why"
    #expect(await Self.prints("\(Self.token) \(comment)\n") == Self.prints("\(Self.token)\n"))
  }
}
