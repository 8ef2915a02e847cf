internal import Documents
internal import Expressions
internal import Findings

/// Reads the services of a Compose file with its override and with what they extend.
/// https://docs.docker.com/reference/compose-file/services/#extends
struct ComposeServices {
  private static let maxExtends = 16
  private static let maxFiles = 50
  /// How many members may be merged for one file: services that extend services multiply.
  private static let maxMerges = 200_000

  private let file: ViewedFile
  private let normalization: ComposeNormalization
  /// The services of each file that was read, by its path.
  private var services: [SourcePath: [String: MergedTree.Entry]?] = [:]
  private var resolved: [Key: MergedTree] = [:]
  private var merges = 0

  private struct Key: Hashable {
    var path: SourcePath
    var name: String
  }

  init(_ file: ViewedFile, interpolation: ComposeInterpolation) {
    self.file = file
    normalization = ComposeNormalization(interpolation: interpolation)
  }

  /// - Parameter top: the scanned file with its override.
  mutating func read(_ top: MergedTree) -> [MergedTree.Entry] {
    var entries = top["services"]?.entries ?? []
    services[file.path] = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    for index in entries.indices {
      entries[index].value = ComposeMerge.finished(service(entries[index].name, of: file.path, depth: 0))
    }
    return entries
  }

  /// The top of a file and of another one that is laid over it, with services in their long forms.
  func top(_ document: Document, _ origin: OriginFile, override: (Document, OriginFile)?) -> MergedTree? {
    guard let base = normalized(document, origin) else { return nil }
    guard let override, let upper = normalized(override.0, override.1) else { return base }
    return ComposeMerge.service(upper, over: base)
  }

  private func normalized(_ document: Document, _ origin: OriginFile) -> MergedTree? {
    guard let root = document.root, root.kind == .mapping else { return nil }
    let tree = MergedTree.written(root, origin)
    guard var entries = tree.entries, let position = entries.firstIndex(where: { $0.name == "services" }),
      var services = entries[position].value.entries
    else { return tree }
    for index in services.indices where services[index].value.tag != "!reset" {
      services[index].value = normalization.service(services[index].value)
    }
    entries[position].value = .mapping(services, others: nil)
    return .mapping(entries, others: nil)
  }

  private mutating func service(_ name: String, of path: SourcePath, depth: Int) -> MergedTree {
    let key = Key(path: path, name: name)
    if let known = resolved[key] { return known }
    let unknown = Unknown("extends: \(name)")
    guard let entry = services(of: path)?[name] else { return .unknown(unknown) }
    guard let extends = entry.value["extends"] else { return entry.value }
    guard depth < Self.maxExtends else {
      if path == file.path { file.note("\(name) extends itself, or too much", at: noteOffset(entry)) }
      return entry.value.opened(by: unknown)
    }
    guard let parent = extends.isMapping ? extends["service"]?.text : extends.text else {
      return entry.value.opened(by: unknown)
    }
    var parentPath: SourcePath? = path
    if let other = extends["file"] {
      parentPath = other.text.flatMap { text in
        guard case .string(let text) = normalization.interpolation.value(text) else { return nil }
        return Self.path(text, beside: path)
      }
    }
    let base = parentPath.map { service(parent, of: $0, depth: depth + 1) } ?? .unknown(unknown)
    if merges <= Self.maxMerges { merges += base.weight }
    if merges > Self.maxMerges {
      file.note("the services repeat too much: some of it is unknown", at: 0)
      return entry.value.opened(by: unknown)
    }
    let merged = ComposeMerge.service(entry.value, over: base)
    resolved[key] = merged
    return merged
  }

  private func noteOffset(_ entry: MergedTree.Entry) -> Int {
    entry.origin.file === file.origin ? entry.origin.place.lowerBound : 0
  }

  private mutating func services(of path: SourcePath) -> [String: MergedTree.Entry]? {
    if let known = services[path] { return known }
    var read: [String: MergedTree.Entry]?
    if services.count < Self.maxFiles, let bytes = file.others.bytes(of: path),
      let document = try? YAMLReader.read(bytes)
    {
      let top = normalized(document, OriginFile(path: path, bytes: bytes))
      read = Dictionary(
        (top?["services"]?.entries ?? []).map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    }
    services.updateValue(read, forKey: path)
    return read
  }

  /// A path that is relative to the folder of a file; `nil` for one that leaves the scan.
  static func path(_ text: String, beside path: SourcePath) -> SourcePath? {
    guard !text.hasPrefix("/"), !text.hasPrefix("~") else { return nil }
    var components = path.bytes.split(separator: UInt8(ascii: "/")).dropLast().map { Array($0) }
    for component in text.utf8.split(separator: UInt8(ascii: "/")) {
      if component.elementsEqual(".".utf8) { continue }
      if component.elementsEqual("..".utf8) {
        guard components.popLast() != nil else { return nil }
      } else {
        components.append(Array(component))
      }
    }
    return SourcePath(bytes: Array(components.joined(separator: [UInt8(ascii: "/")])))
  }
}
