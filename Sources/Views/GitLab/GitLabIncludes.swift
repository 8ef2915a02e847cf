internal import Documents
internal import Expressions
internal import Findings

/// Reads a pipeline with its local includes into one mapping.
/// https://docs.gitlab.com/ci/yaml/includes/
struct GitLabIncludes {
  /// https://docs.gitlab.com/ci/yaml/#include allows 150 by default; a scan reads fewer for one pipeline.
  static let maxFiles = 50
  private static let maxDepth = 20

  private let scanned: ViewedFile
  private var fileCount = 0
  /// The values of `$[[ inputs.x ]]` by file; `nil` for an input that has no value yet.
  private(set) var inputs: [ObjectIdentifier: [String: String?]] = [:]
  /// Where the scanned file includes another one, by that file.
  private(set) var includedAt: [ObjectIdentifier: Origin] = [:]
  /// The includes that nobody can read here.
  private(set) var missing: [String] = []
  /// Whether one of them could bring `default` or other global settings.
  private(set) var missesDefaults = false
  /// Whether `!reference` is written anywhere.
  private(set) var hasReferences = false

  init(_ file: ViewedFile) {
    scanned = file
  }

  /// The document of a file that holds the pipeline: behind the header, if there is one.
  static func body(of document: Document) -> (header: Node?, body: Node?) {
    let roots = document.roots
    guard roots.count > 1, let first = roots.first, first["spec"] != nil else { return (nil, roots.first) }
    return (first, roots[1])
  }

  /// The mapping of the scanned file and of all that it includes; `nil` for a file that holds no mapping.
  mutating func read() -> MergedTree? {
    guard let document = scanned.document else { return nil }
    return read(document, scanned.origin, given: [:], place: nil, depth: 0)
  }

  private mutating func read(
    _ document: Document, _ file: OriginFile, given: [String: String?], place: Origin?, depth: Int
  ) -> MergedTree? {
    let (header, body) = Self.body(of: document)
    guard let body, body.kind == .mapping else { return nil }
    var values: [String: String?] = [:]
    for entry in header?["spec"]?["inputs"]?.entries ?? [] {
      if let name = entry.key.text { values.updateValue(entry.value["default"]?.text, forKey: name) }
    }
    inputs[ObjectIdentifier(file)] = values.merging(given) { _, given in given }
    if let place { includedAt[ObjectIdentifier(file)] = place }
    if !hasReferences { hasReferences = file.bytes.contains("!reference") }
    let own = named(.written(body, file), file)
    guard let include = body.entry("include") else { return own }
    var base = MergedTree.empty
    for item in Self.items(include.value) {
      // What an included file includes stands, for the scanned one, at its own include.
      let place = place ?? Origin(item.kind == .scalar ? item : item.entries?.first?.value ?? item, in: file)
      if let included = self.included(item, file, place: place, depth: depth) { base = included.merged(over: base) }
    }
    return own.merged(over: base)
  }

  /// The mapping with inputs filled into its keys.
  private func named(_ tree: MergedTree, _ file: OriginFile) -> MergedTree {
    guard file.bytes.contains("$[["), var entries = tree.entries else { return tree }
    let values = inputs[ObjectIdentifier(file)] ?? [:]
    for index in entries.indices {
      entries[index].name = GitLabInputs.filled(entries[index].name, values) ?? entries[index].name
    }
    return .mapping(entries, others: nil)
  }

  static func items(_ node: Node) -> [Node] { node.elements ?? [node] }

  private mutating func included(_ item: Node, _ file: OriginFile, place: Origin, depth: Int) -> MergedTree? {
    let kind = GitLabInclude(item)
    guard kind.name == "local", let path = kind.path, let found = find(path, from: file) else {
      missing.append(kind.shown)
      if kind.name != "template", kind.name != "component" { missesDefaults = true }
      return nil
    }
    guard depth < Self.maxDepth, fileCount < Self.maxFiles else {
      if depth < Self.maxDepth || fileCount == Self.maxFiles {
        scanned.note("the pipeline includes more files than are read: \(Self.maxFiles)", at: place.place.lowerBound)
      }
      missing.append(kind.shown)
      missesDefaults = true
      return nil
    }
    fileCount += 1
    guard let document = try? YAMLReader.read(found.bytes) else {
      scanned.note("an included file cannot be read as YAML: \(path)", at: place.place.lowerBound)
      missing.append(kind.shown)
      missesDefaults = true
      return nil
    }
    var given: [String: String?] = [:]
    for entry in item["inputs"]?.entries ?? [] {
      guard let name = entry.key.text else { continue }
      let value = entry.value.text.flatMap { GitLabInputs.filled($0, inputs[ObjectIdentifier(file)] ?? [:]) }
      given.updateValue(value?.contains("$") == true ? nil : value, forKey: name)
    }
    return read(document, found, given: given, place: place, depth: depth + 1)
  }

  /// A path is relative to the top of the repository, which the scan may start above of: where a `.gitlab-ci.yml` lies is
  /// tried first.
  private func find(_ path: String, from file: OriginFile) -> OriginFile? {
    let relative = path.drop { $0 == "/" }
    guard !relative.isEmpty, !relative.contains("*"), !relative.contains("$") else { return nil }
    let folder = scanned.path.bytes.dropLast(scanned.path.name.count)
    for prefix in folder.isEmpty ? [[]] : [Array(folder), []] {
      let path = SourcePath(bytes: prefix + Array(relative.utf8))
      if let bytes = scanned.others.bytes(of: path) { return OriginFile(path: path, bytes: bytes) }
    }
    return nil
  }
}

/// One entry of `include`.
struct GitLabInclude {
  /// `local`, `remote`, `project`, `template` or `component`.
  let name: String
  let path: String?

  init(_ item: Node) {
    if let text = item.text {
      path = text
      name = text.hasPrefix("http://") || text.hasPrefix("https://") ? "remote" : "local"
    } else {
      name = Self.names.first { item[$0] != nil } ?? "local"
      path = item[name]?.text
    }
  }

  private static let names = ["project", "local", "remote", "template", "component"]

  /// For people.
  var shown: String { "include:\(name)" }
}

extension [UInt8] {
  fileprivate func contains(_ text: StaticString) -> Bool {
    let word = Array<UInt8>("\(text)".utf8)
    guard let first = word.first, count >= word.count else { return false }
    var start = startIndex
    while let index = self[start...].firstIndex(of: first) {
      if self[index...].starts(with: word) { return true }
      start = index + 1
    }
    return false
  }
}
