import ArgumentParser
import Tollgate

/// `tollgate show`
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what rules see in a file: its kind, its values, and the merged views.",
    discussion: """
      EXAMPLES
        tollgate show .github/workflows/ci.yml
        tollgate show .github/workflows/ci.yml --path jobs.build.permissions
        tollgate show compose.yaml --path '$.services.*.image'
        tollgate show .github/workflows/ci.yml --view github.step --format json

      Each row begins with the line and column of what it shows: in the tree those of the key and of the value, in a
      view those of the place where the value was written, perhaps in another file. Credentials are masked.

      EXIT CODES
        0   shown
        2   the file could not be read, or is not what its name says
        64  wrong use
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(help: ArgumentHelp("The file.", valueName: "file"), completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "Only this: a JSONPath of the tree ($.jobs.*), or the way to a member of tree and views (jobs.build.permissions).",
      valueName: "path"))
  var path: String?

  @Option(help: ArgumentHelp("Only this view.", valueName: "name"))
  var view: String?

  @Option(name: .shortAndLong, help: "The form of the output.")
  var format = Format.text

  func run() throws {
    let inspection: FileInspection
    do {
      inspection = try PolicyScanner().inspect(file, narrowedTo: path, view: view)
    } catch let error as FileError {
      throw Failure("\(error)", exit: .incomplete)
    } catch let error as InspectionError {
      throw Failure("\(error)")
    }
    switch format {
    case .text: try Terminal.writeOutput(InspectionText(inspection).text)
    case .json: try Terminal.writeOutput(InspectionJSON(inspection).bytes)
    }
  }
}

/// An inspection for people.
private struct InspectionText {
  private(set) var text = ""
  private let path: SourcePath

  init(_ inspection: FileInspection) {
    path = inspection.path
    guard let kind = inspection.kind else {
      text = "\(path): of no kind that rules know\n"
      return
    }
    text = "\(path): \(kind) (\(inspection.format ?? ""))\n"
    for note in inspection.notes { text += "note: \(note)\n" }
    for tree in inspection.trees {
      text += "\ntree\n"
      write(tree, hasKeys: true)
    }
    for view in inspection.views {
      if view.elements.isEmpty { text += "\n\(view.name): none\n" }
      for element in view.elements {
        text += "\n\(view.name) at \(place(element.place))\n"
        write(element.outline, hasKeys: false)
      }
    }
    if inspection.trees.isEmpty && inspection.views.isEmpty { text += "nothing to show\n" }
  }

  private func place(_ place: FileInspection.Place?) -> String {
    guard let place else { return "" }
    let position = "\(place.position.line):\(place.position.column)"
    return place.path == path ? position : "\(place.path):\(position)"
  }

  private mutating func write(_ outline: Outline, hasKeys: Bool) {
    let keys = outline.rows.map { place($0.key) }
    let places = outline.rows.map { place($0.place) }
    let keyWidth = keys.map(\.count).max() ?? 0
    let width = places.map(\.count).max() ?? 0
    // An element has no name, and what it is stands above it.
    let isNamed = outline.rows.first?.name.isEmpty == false || outline.rows.count == 1
    for (index, row) in outline.rows.enumerated() where index > 0 || isNamed {
      var line = "  "
      if hasKeys { line += padded(keys[index], keyWidth) + "  " }
      line += padded(places[index], width) + "  "
      line += String(repeating: "  ", count: max(0, row.depth - (isNamed ? 0 : 1)))
      let name = row.isIndex ? "[\(row.name)]" : row.name
      if !name.isEmpty { line += name + ":" }
      if let value = row.shownValue { line += " " + value }
      if row.value == nil || !["map", "list", "unknown"].contains(row.type) { line += " (\(row.type))" }
      text += line + "\n"
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: width - text.count)
  }
}

/// An inspection for programs.
private struct InspectionJSON {
  private(set) var bytes: [UInt8]

  init(_ inspection: FileInspection) {
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      object.member("path", inspection.path.description)
      object.member("kind", ifPresent: inspection.kind)
      object.member("format", ifPresent: inspection.format)
      object.array("notes", ifPresent: inspection.notes)
      object.array("trees") { trees in
        for tree in inspection.trees {
          trees.object { $0.array("rows") { Self.write(tree, in: &$0) } }
        }
      }
      object.array("views") { views in
        for view in inspection.views {
          views.object { object in
            object.member("name", view.name)
            object.array("elements") { elements in
              for element in view.elements {
                elements.object { object in
                  Self.write(element.place, "place", in: &object)
                  object.array("rows") { Self.write(element.outline, in: &$0) }
                }
              }
            }
          }
        }
      }
    }
    writer.endLine()
    bytes = writer.bytes
  }

  private static func write(_ outline: Outline, in array: inout JSONWriter) {
    for row in outline.rows {
      array.object { object in
        object.member("depth", row.depth)
        object.member("name", row.name)
        object.member("type", row.type)
        if let value = row.value { object.member("value", value) }
        write(row.key, "key", in: &object)
        write(row.place, "place", in: &object)
      }
    }
  }

  private static func write(_ place: FileInspection.Place?, _ name: String, in object: inout JSONWriter) {
    guard let place else { return }
    object.object(name) { object in
      object.member("path", place.path.description)
      object.member("line", place.position.line)
      object.member("column", place.position.column)
    }
  }
}
