import TestSupport
import Testing

@Suite("The page that check writes", .enabled(if: Tollgate.isBuilt, "the command is not built"))
struct HTMLReportTests {
  @Test("begins with the verdict of the gate, and tells what decided")
  func verdict() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x = '\(Sample.slack)'\n", to: "a.py")
      let outcome = try await Tollgate.run("check", ".", "--report", "html=r.html", in: directory)
      #expect(outcome.status == 1)
      let page = String(decoding: try #require(directory.bytes(of: "r.html")), as: UTF8.self)
      #expect(page.contains("<div class=\"verdict fail\"><strong>Gate failed: 1 finding denied"))
      #expect(page.contains("<p>a.py:1:6"))
      try directory.write("x = 1\n", to: "a.py")
      try directory.write("", to: "r.html")
      #expect(try await Tollgate.run("check", ".", "--report", "html=r.html", in: directory).status == 0)
      let passed = String(decoding: try #require(directory.bytes(of: "r.html")), as: UTF8.self)
      #expect(passed.contains("<div class=\"verdict pass\"><strong>Gate passed"))
    }
  }
}
