import TestSupport
import Testing

@testable import RulePacks

@Suite("docs/writing-rules.md")
struct WritingRulesPageTests {
  /// The packs that the page shows whole.
  private static var packs: [String] {
    let text = String(decoding: Repository.bytes("docs/writing-rules.md") ?? [], as: UTF8.self)
    return text.split(separator: "```yaml\n").dropFirst().compactMap { part in
      part.hasPrefix("pack:") ? String(part[..<(part.firstRange(of: "```")?.lowerBound ?? part.endIndex)]) : nil
    }
  }

  @Test("shows packs that are checked and whose examples come out as written")
  func packs() throws {
    #expect(Self.packs.count == 4)
    for text in Self.packs {
      let pack = try RulePackReader().read(Array(text.utf8), file: "docs/writing-rules.md")
      #expect(RuleExampleTest.run([pack]).failures.isEmpty, "\(pack.name)")
    }
  }
}
