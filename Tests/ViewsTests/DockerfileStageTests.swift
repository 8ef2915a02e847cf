import Documents
import Expressions
import Findings
import Testing
import Views

@Suite("Stages of Dockerfiles that go on from each other")
struct DockerfileStageTests {
  private static func stages(_ text: String) throws -> [ViewElement] {
    let view = try #require(ViewTable.view(named: "dockerfile.stage"))
    let path = SourcePath("Dockerfile")
    return view.elements(ViewedFile(path: path, kind: .dockerfile, bytes: Array(text.utf8), document: nil))
  }

  private static func text(_ stage: ViewElement, _ member: String) -> String? {
    guard case .string(let text) = stage.record.member(member) else { return nil }
    return text
  }

  private static func count(_ stage: ViewElement, _ member: String) -> Int? {
    guard let value = stage.record.member(member) else { return nil }
    return switch value {
    case .list(let list): list.count
    case .map(let map): map.count
    default: nil
    }
  }

  @Test("end with what the nearest stage says, and not with what stands behind ONBUILD")
  func ends() throws {
    let stages = try Self.stages(
      """
      FROM a AS one
      USER u
      WORKDIR /a
      USER v
      EXPOSE 1
      ENV A=1 B=2
      ONBUILD USER w
      ONBUILD EXPOSE 2
      FROM one AS two
      WORKDIR /b
      EXPOSE 3
      ENV B=3 C=4
      FROM c
      FROM two
      """)
    #expect(stages.map { Self.text($0, "user") } == ["v", "v", nil, "v"])
    #expect(stages.map { Self.text($0, "workdir") } == ["/a", "/b", nil, "/b"])
    #expect(stages.map { Self.count($0, "ports") } == [1, 2, 0, 2])
    #expect(stages.map { Self.count($0, "environment") } == [2, 3, 0, 3])
  }

  @Test("may be many")
  func chain() throws {
    let chain = (1...10_000).map { "FROM s\($0 - 1) AS s\($0)\nEXPOSE \($0)\n" }.joined()
    let stages = try Self.stages("FROM a AS s0\nUSER u\n" + chain)
    #expect(stages.count == 10_001)
    #expect(stages.allSatisfy { Self.text($0, "user") == "u" })
    #expect(Self.count(stages[100], "ports") == 100)
    #expect(Self.count(stages[10_000], "ports") == 128)
  }
}
