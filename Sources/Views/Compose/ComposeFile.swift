internal import Documents
internal import Expressions
internal import Findings

/// A Compose file read into records. Without further options Compose reads the override beside it as well, and so do we;
/// the override alone is then no file of its own.
final class ComposeFile: ViewModel {
  /// `nil` for a file that holds no mapping, and for an override of another file.
  let top: ViewElement?
  let services: [ViewElement]

  init(_ file: ViewedFile) {
    guard let document = file.document, let root = document.root, !Self.isOverrideOfAnother(file) else {
      (top, services) = (nil, [])
      return
    }
    let environment = ComposeServices.path(".env", beside: file.path).flatMap { file.others.bytes(of: $0) }
    let interpolation = ComposeInterpolation(environment: environment)
    var reader = ComposeServices(file, interpolation: interpolation)
    guard let tree = reader.top(document, file.origin, override: Self.override(of: file)) else {
      (top, services) = (nil, [])
      return
    }
    let place = root.entry("services").map { Origin($0, in: file.origin) } ?? Origin(root, in: file.origin)
    let made = reader.read(tree).map { entry in
      (
        name: entry.name,
        origin: root["services"]?.entry(entry.name).map { Origin(file.origin, $0.key.byteRange) } ?? place,
        fields: ComposeServiceRecord.fields(
          entry, raw: tree.rawService(entry.name, root, file.origin), interpolation), others: entry.value.others
      )
    }
    let list = made.map { (value: Value.map(ViewRecord($0.fields, others: $0.others)), origin: $0.origin as Origin?) }
    var fields = [ViewRecord.Field("raw", root.value(in: file.origin))]
    fields.append(ViewRecord.Field("services", .list(LocatedList(list)), at: place))
    for entry in tree.entries ?? [] where entry.name != "services" {
      fields.append(
        ViewRecord.Field(entry.name, entry.value.value { _ in interpolation.reading }, at: entry.origin))
    }
    let record = ViewRecord(fields)
    top = ViewElement(record, at: place, identity: [])
    services = made.map { service in
      ViewElement(
        ViewRecord(service.fields + [ViewRecord.Field("file", .map(record))], others: service.others),
        at: service.origin, identity: ["services", service.name])
    }
  }

  // MARK: Overrides

  /// The names that Compose looks for by itself.
  /// https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
  private static let stems = ["compose", "docker-compose"]
  private static let endings = [".yaml", ".yml"]

  private static func override(of file: ViewedFile) -> (Document, OriginFile)? {
    let name = String(decoding: file.path.name, as: UTF8.self)
    guard let stem = stems.first(where: { stem in endings.contains { stem + $0 == name } }) else { return nil }
    for ending in endings {
      guard let path = ComposeServices.path(stem + ".override" + ending, beside: file.path),
        let bytes = file.others.bytes(of: path)
      else { continue }
      guard let document = try? YAMLReader.read(bytes) else {
        file.note("the override of the file cannot be read as YAML", at: 0)
        return nil
      }
      return (document, OriginFile(path: path, bytes: bytes))
    }
    return nil
  }

  private static func isOverrideOfAnother(_ file: ViewedFile) -> Bool {
    let name = String(decoding: file.path.name, as: UTF8.self)
    guard let stem = stems.first(where: { stem in endings.contains { stem + ".override" + $0 == name } }) else {
      return false
    }
    return endings.contains { ending in
      ComposeServices.path(stem + ending, beside: file.path).flatMap { file.others.bytes(of: $0) } != nil
    }
  }
}

extension MergedTree {
  /// A service as the scanned file has it; as it is merged where only an override has it.
  fileprivate func rawService(_ name: String, _ root: Node, _ file: OriginFile) -> Value {
    root["services"]?[name]?.value(in: file) ?? self["services"]?[name]?.value() ?? .null
  }
}
