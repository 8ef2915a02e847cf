import Gating
import TestSupport
import Testing

@Suite("The page about the gate")
struct GatePageTests {
  private static let page = String(decoding: Repository.bytes("docs/gate.md") ?? [], as: UTF8.self)

  /// The blocks of YAML on the page.
  private static let blocks = page.split(separator: "```yaml\n").dropFirst().compactMap { part in
    part.split(separator: "```", maxSplits: 1).first.map(String.init)
  }

  @Test("has examples that are read without a complaint", arguments: blocks)
  func example(text: String) throws {
    let reader = PolicyReader()
    if text.contains("\nrules:") {
      _ = try Policy(Array(text.utf8), file: "gate.md") { _ in Array("version: 1\n".utf8) }
    } else {
      let exceptions = try reader.readExceptions(Array(text.utf8), file: "gate.md")
      #expect(exceptions.count == 1)
    }
  }

  @Test("has two examples and names every key of a policy and of a match")
  func keys() {
    #expect(Self.blocks.count == 2)
    for key in PolicyReader.keys + PolicyReader.matchKeys { #expect(Self.page.contains("`\(key)`"), "\(key)") }
  }
}
