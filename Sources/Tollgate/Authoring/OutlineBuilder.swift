internal import Documents
internal import Expressions
internal import Findings
internal import Scanning
internal import Views

/// Lists values, row by row, up to a number of rows that people could read.
struct OutlineBuilder {
  private static let maxRows = 20_000
  private static let maxDepth = 64

  let file: ViewedFile
  let masks: CredentialMask
  let texts: ValueText
  /// What the records of the views' elements are called where others refer to them.
  var references: [ObjectIdentifier: String] = [:]
  private var rowsLeft = maxRows
  private(set) var isCut = false
  /// Line indexes of files that values come from, other than ``file``.
  private var lines: [SourcePath: LineIndex] = [:]

  init(_ file: ViewedFile, masks: CredentialMask) {
    self.file = file
    self.masks = masks
    texts = ValueText(masks: masks)
    masks.learn(file.bytes, of: file.path)
  }

  // MARK: The tree

  private struct NodeVisit {
    var node: Node
    var key: Node?
    var name: String
    var isIndex = false
    var depth: Int
  }

  mutating func outline(of root: Node, key: Node? = nil, name: String = "") -> Outline {
    var rows: [Outline.Row] = []
    var pending = [NodeVisit(node: root, key: key, name: name, depth: 0)]
    while let visit = pending.popLast() {
      guard takeRow() else { break }
      let node = visit.node
      var row = Outline.Row(
        depth: visit.depth, name: texts.plain(visit.name), isIndex: visit.isIndex, value: nil, type: "",
        key: visit.key.map { place($0.byteRange.lowerBound) }, place: place(node.byteRange.lowerBound))
      let alias = node.isAlias ? " (alias)" : ""
      switch node.kind {
      case .scalar:
        row.type = Self.type(of: node) + alias
        row.isText = row.type.hasPrefix("string")
        row.value = texts.short(node.text ?? "", at: node.byteRange, of: file.path)
      case .mapping:
        let entries = node.entries ?? []
        row.type = "mapping" + alias
        if entries.isEmpty { row.value = "{}" }
        if visit.depth < Self.maxDepth {
          pending += entries.reversed().map {
            NodeVisit(node: $0.value, key: $0.key, name: $0.key.text ?? "(no text)", depth: visit.depth + 1)
          }
        } else if !entries.isEmpty {
          (row.value, isCut) = ("…", true)
        }
      case .sequence:
        let elements = node.elements ?? []
        row.type = "sequence" + alias
        if elements.isEmpty { row.value = "[]" }
        if visit.depth < Self.maxDepth {
          pending += elements.enumerated().reversed().map {
            NodeVisit(node: $1, name: "\($0)", isIndex: true, depth: visit.depth + 1)
          }
        } else if !elements.isEmpty {
          (row.value, isCut) = ("…", true)
        }
      }
      rows.append(row)
    }
    return Outline(rows: rows)
  }

  private static func type(of node: Node) -> String {
    switch node.scalar {
    case .string: "string"
    case .int: "int"
    case .double: "double"
    case .bool: "bool"
    case .null, nil: "null"
    }
  }

  // MARK: Views

  private struct ValueVisit {
    var value: Value
    var origin: Origin?
    var name: String
    var isIndex = false
    var depth: Int
    /// Whether it is a member of an object, whose members all stand where the object stands.
    var isOfObject = false
    var isExpanded = true
  }

  /// - Parameter name: the way to the value, where it is not an element itself.
  mutating func outline(of root: Value, at origin: Origin?, name: String = "") -> Outline {
    var rows: [Outline.Row] = []
    var pending = [ValueVisit(value: root, origin: origin, name: name, depth: 0)]
    while let visit = pending.popLast() {
      guard takeRow() else { break }
      var row = Outline.Row(
        depth: visit.depth, name: texts.plain(visit.name), isIndex: visit.isIndex, value: nil,
        type: visit.value.type.name, key: nil, place: visit.origin.map { place($0) })
      if let reference = reference(visit) {
        row.value = reference
      } else {
        let children = children(of: visit)
        pending += children.reversed()
        row.isText = isText(visit.value)
        row.value = children.isEmpty || row.isText ? leaf(visit) : nil
      }
      rows.append(row)
    }
    return Outline(rows: rows)
  }

  /// What stands in place of something that is shown elsewhere.
  private mutating func reference(_ visit: ValueVisit) -> String? {
    guard visit.depth > 0 else { return nil }
    if !visit.isExpanded { return "(as it is written)" }
    switch visit.value {
    case .map(let map):
      if let name = references[ObjectIdentifier(map)] { return "→ \(name)" }
    case .list(let list):
      if list.count > 0, case .map(let map) = list.element(at: 0), map is ViewRecord {
        return "(list of \(list.count))"
      }
    default: break
    }
    guard visit.depth >= Self.maxDepth else { return nil }
    isCut = true
    return "…"
  }

  private func isText(_ value: Value) -> Bool {
    switch value {
    case .string: true
    case .object(let object): object.text != nil
    default: false
    }
  }

  private func leaf(_ visit: ValueVisit) -> String {
    switch visit.value {
    case .string(let text):
      // The place of a member of an object is that of the whole object, and says nothing about the member.
      let origin = visit.isOfObject ? nil : visit.origin
      return texts.short(text, at: origin?.place, of: origin?.file.path)
    case .object(let object): return object.text.map { texts.short($0) } ?? "(no text)"
    case .map: return "{}"
    case .list: return "[]"
    default: return texts.shown(visit.value)
    }
  }

  private func children(of visit: ValueVisit) -> [ValueVisit] {
    var value = visit.value
    while case .optional(let inner?) = value { value = inner }
    let located = value.located
    let depth = visit.depth + 1
    switch value {
    case .map(let map):
      // One more than can be shown, so that the cut is told.
      return (0..<min(map.count, Self.maxRows + 1)).compactMap { index in
        let key = map.key(at: index)
        guard let member = MapKey(key).flatMap(map.value(for:)) else { return nil }
        let name = if case .string(let text) = key { text } else { key.description }
        return ValueVisit(
          value: member, origin: located?.origin(of: name), name: name, depth: depth,
          isExpanded: !(map is ViewRecord && name == "raw"))
      }
    case .list(let list):
      return (0..<min(list.count, Self.maxRows + 1)).map { index in
        ValueVisit(
          value: list.element(at: index), origin: located?.origin(at: index), name: "\(index)", isIndex: true,
          depth: depth)
      }
    case .object(let object):
      return Value.memberNames(of: object).compactMap { name in
        // Its text is the value of the object's own row.
        guard name != "text", let member = object.member(name) else { return nil }
        return ValueVisit(
          value: member, origin: nil, name: name, depth: depth, isOfObject: true)
      }
    default: return []
    }
  }

  // MARK: Places

  private mutating func takeRow() -> Bool {
    guard rowsLeft > 0 else {
      isCut = true
      return false
    }
    rowsLeft -= 1
    return true
  }

  private func place(_ offset: Int) -> FileInspection.Place {
    FileInspection.Place(path: file.path, position: file.position(of: offset))
  }

  mutating func place(_ origin: Origin) -> FileInspection.Place {
    let source = origin.file
    if source.path == file.path { return place(origin.place.lowerBound) }
    masks.learn(source.bytes, of: source.path)
    let bytes = source.bytes
    let text = bytes.span
    let index = lines[source.path] ?? LineIndex(text)
    lines[source.path] = index
    return FileInspection.Place(path: source.path, position: index.position(of: origin.place.lowerBound, in: text))
  }
}
