import Findings
import Testing

@Suite("SourcePath")
struct SourcePathTests {
  @Test(
    "shows and encodes names that try to be something else",
    arguments: [
      ("src/a.py", "src/a.py", "src/a.py"),
      ("a b#c?d%e", "a b#c?d%e", "a%20b%23c%3Fd%25e"),
      ("c:/x", "c:/x", "c%3A/x"),
      ("new\nline\u{1B}[31m", "new\\x0Aline\\x1B[31m", "new%0Aline%1B%5B31m"),
      ("é\u{202E}x", "é\\xE2\\x80\\xAEx", "%C3%A9%E2%80%AEx"),
    ])
  func shown(name: String, description: String, uri: String) {
    let path = SourcePath(name)
    #expect(path.description == description)
    #expect(path.uri == uri)
    #expect(SourcePath(uri: uri) == path)
  }

  @Test("keeps bytes that are not UTF-8")
  func bytes() {
    let path = SourcePath(bytes: [0x61, 0xFF, 0x2F, 0xC3])
    #expect(path.description == "a\\xFF/\\xC3")
    #expect(path.uri == "a%FF/%C3")
    #expect(SourcePath(uri: path.uri)?.bytes == path.bytes)
    #expect(Array(path.name) == [0xC3])
  }

  @Test("refuses a reference with a broken escape", arguments: ["a%", "a%4", "a%zz"])
  func brokenReference(uri: String) {
    #expect(SourcePath(uri: uri) == nil)
  }
}
