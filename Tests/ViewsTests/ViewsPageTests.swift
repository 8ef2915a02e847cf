import Documents
import Foundation
import TestSupport
import Testing
import Views

/// `docs/views.md` is made from the views: `TOLLGATE_RECORD=1 swift test --filter ViewsPageTests` writes it.
@Suite("The page of the views")
struct ViewsPageTests {
  private static let path = "docs/views.md"

  private static let introduction = """
    # Views

    A view looks at files of some kinds and yields the things in them that rules speak of: the steps of a workflow, the
    images of a Dockerfile. What files write in several ways has one form, what they inherit is merged in, and each value
    knows where it was written, so that a finding points there. A rule names a view under `on`, and sees each thing that
    it yields as `self` (see [Writing rules](writing-rules.md)).

    What is absent in the file is absent in `self`: ask with `has(self.name)`, or `'with-dash' in self`. What is known
    only later, such as a value of a secret, is unknown, and a rule that depends on it does not fire.

    `tollgate show FILE` shows what the views make of a file, with the place of every value; `tollgate rules views NAME`
    prints what stands here. This page is made from the code; do not edit it.

    """

  private static var page: String {
    var page = introduction
    page += "\n| view | |\n|---|---|\n"
    for view in ViewTable.all { page += "| [`\(view.name)`](#\(anchor(view.name))) | \(cell(view.summary)) |\n" }
    for view in ViewTable.all {
      page += "\n## \(view.name)\n\n\(view.summary)\n\n"
      page += "Files: \(view.kinds.map { "`\($0.rawValue)`" }.joined(separator: ", ")).\n\n"
      page += "| member | |\n|---|---|\n"
      for member in view.members {
        page += "| \(member.name == "…" ? "…" : "`\(member.name)`") | \(cell(member.summary)) |\n"
      }
    }
    return page
  }

  /// As GitHub makes it from a heading.
  private static func anchor(_ heading: String) -> String { heading.lowercased().replacing(".", with: "") }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  @Test("is the one that the code makes")
  func fresh() throws {
    let page = Array(Self.page.utf8)
    if ProcessInfo.processInfo.environment["TOLLGATE_RECORD"] == "1" {
      try Repository.write(page, to: Self.path)
    }
    let isFresh = Repository.bytes(Self.path) == page
    #expect(isFresh, "write \(Self.path) with TOLLGATE_RECORD=1 swift test --filter ViewsPageTests")
  }

  @Test("has words for every view and member, each name once")
  func words() {
    let names = ViewTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    for view in ViewTable.all {
      #expect(view.summary.hasSuffix(".") && !view.kinds.isEmpty && !view.members.isEmpty, "\(view.name)")
      let members = view.members.map(\.name)
      #expect(Set(members).count == members.count && view.members.allSatisfy { !$0.summary.isEmpty }, "\(view.name)")
    }
  }
}
