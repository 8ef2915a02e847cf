internal import Documents
internal import Expressions
internal import Findings
internal import Matching
internal import RulePacks
internal import Scanning
internal import Views

extension PolicyScanner {
  /// What Tollgate sees in a file: its kind, its values with their places, and what the views make of them.
  ///
  /// - Parameters:
  ///   - file: a path in the file system.
  ///   - way: a JSONPath (RFC 9535) that selects values of the file, or the way to a member of the file and of the
  ///     elements of views: `jobs.build.permissions`, `env['MY-NAME']`.
  ///   - view: the view that is wanted alone.
  /// - Throws: ``FileError`` or ``InspectionError``.
  public func inspect(_ file: String, narrowedTo way: String? = nil, view: String? = nil) throws -> FileInspection {
    let wanted = try way.map(InspectionPath.init)
    if let view, ViewTable.view(named: view) == nil {
      let names = ViewTable.all.map(\.name).joined(separator: ", ")
      throw InspectionError(description: "there is no view \(view); there are \(names)")
    }
    var isQuery = false
    if case .query? = wanted { isQuery = true }
    if isQuery, view != nil {
      throw InspectionError(description: "a JSONPath selects from the file as it is written, not from a view")
    }
    let opened = try OpenedFile(file)
    var inspection = FileInspection(
      path: opened.path, kind: opened.recognition?.kind.rawValue, format: opened.recognition?.format.word)
    guard let (viewed, notes) = try opened.viewed() else { return inspection }
    inspection.notes = notes.map { "line \($0.position.line): \($0.message)" }
    if viewed.document == nil { inspection.notes.append("files of this kind are not read into a tree") }
    var builder = OutlineBuilder(viewed, masks: try Self.credentialMask())
    if view == nil { inspection.trees = try Self.trees(of: viewed, narrowedTo: wanted, &builder) }
    // A query is about the file as it is written.
    if !isQuery { inspection.views = try Self.views(of: viewed, narrowedTo: wanted, named: view, &builder) }
    inspection.notes += viewed.notes.map { "line \(viewed.position(of: $0.offset).line): \($0.message)" }
    if builder.isCut { inspection.notes.append("there is more than is shown; narrow it with a path") }
    return inspection
  }

  /// Masks what the built-in rules know.
  static func credentialMask() throws -> CredentialMask {
    try CredentialMask(RuleLibrary(RuleLibrary.builtInPacks.get()).textRules)
  }

  private static func trees(
    of file: ViewedFile, narrowedTo path: InspectionPath?, _ builder: inout OutlineBuilder
  ) throws -> [Outline] {
    var trees: [Outline] = []
    for root in file.document?.roots ?? [] {
      switch path {
      case nil: trees.append(builder.outline(of: root))
      case .query(let query):
        do throws(JSONPathError) {
          for (node, way) in try query.nodes(in: root) {
            trees.append(builder.outline(of: node, name: way.description))
          }
        } catch {
          throw InspectionError(description: error.message)
        }
      case .member(let member, let text):
        var node: Node? = root
        var key: Node?
        for step in member.steps {
          switch step {
          case .name(let name): (node, key) = (node?.entry(name)?.value, node?.entry(name)?.key)
          case .index(let index): (node, key) = (node?[index], nil)
          }
        }
        if let node { trees.append(builder.outline(of: node, key: key, name: text)) }
      }
    }
    return trees
  }

  private static func views(
    of file: ViewedFile, narrowedTo path: InspectionPath?, named name: String?, _ builder: inout OutlineBuilder
  ) throws -> [FileInspection.ViewContent] {
    let views = ViewTable.all.filter { $0.kinds.contains(file.kind) }
    if let name, !views.contains(where: { $0.name == name }) {
      throw InspectionError(description: "\(name) does not look at files of the kind \(file.kind.rawValue)")
    }
    let contents = views.map { (view: $0, elements: $0.elements(file)) }
    for (view, elements) in contents {
      for element in elements {
        let place = builder.place(element.origin).position
        builder.references[ObjectIdentifier(element.record)] = "\(view.name) at \(place.line):\(place.column)"
      }
    }
    var shown: [FileInspection.ViewContent] = []
    for (view, elements) in contents where name.map({ $0 == view.name }) ?? true {
      var content = FileInspection.ViewContent(name: view.name, elements: [])
      for element in elements {
        let record = Value.map(element.record)
        let place = builder.place(element.origin)
        switch path {
        case .member(let member, let text)?:
          guard let value = member.value(in: record) else { continue }
          let outline = builder.outline(of: value, at: member.origin(in: record), name: text)
          content.elements.append(FileInspection.Element(place: place, outline: outline))
        default:
          content.elements.append(
            FileInspection.Element(place: place, outline: builder.outline(of: record, at: element.origin)))
        }
      }
      // Of a view that yields nothing people want to know that it yields nothing.
      if !content.elements.isEmpty || elements.isEmpty { shown.append(content) }
    }
    return shown
  }
}

/// What of a file is wanted.
enum InspectionPath {
  case query(JSONPath)
  case member(MemberPath, String)

  init(_ text: String) throws(InspectionError) {
    if text.hasPrefix("$") {
      do throws(JSONPathError) {
        self = .query(try JSONPath(ofRule: text))
      } catch {
        throw InspectionError(description: "\(text) is no JSONPath: \(error.message) (at byte \(error.offset))")
      }
    } else if let path = MemberPath(text) {
      self = .member(path, text)
    } else {
      throw InspectionError(
        description: "\(text) is no path; write one such as jobs.build.permissions or $.jobs.*.steps[0]")
    }
  }
}
