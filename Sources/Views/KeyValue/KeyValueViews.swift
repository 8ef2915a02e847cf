internal import Documents
internal import Expressions
internal import Findings

/// What rules see of files of keys and values.
enum KeyValueViews {
  static let all = [entry]

  static let entry = View(
    "keyvalue.entry", "A key with its value in a file of settings.",
    kinds: [.npmrc, .pypirc, .netrc, .editorconfig, .dotenv, .ini, .properties],
    members: [
      View.Member("key", "as it is written"), View.Member("value", "a text, without quotes"),
      View.Member("section", "the name of its section or machine; absent for an entry outside of all sections"),
      View.Member("entries", "all keys and values of the same section; of a key written twice the last value"),
    ]
  ) { file in
    guard let root = file.document?.root else { return [] }
    return elements(of: root, section: nil, in: file.origin)
  }

  /// - Parameter section: the key of the mapping; `nil` for the top of the file.
  private static func elements(of mapping: Node, section: Node?, in file: OriginFile) -> [ViewElement] {
    let entries = Value.map(MergedMap([MergedMap.Layer(mapping, in: file)]))
    var elements: [ViewElement] = []
    for entry in mapping.entries ?? [] {
      if entry.value.kind == .mapping {
        // Sections do not nest in any of these formats.
        if section == nil { elements += self.elements(of: entry.value, section: entry.key, in: file) }
        continue
      }
      guard let key = entry.key.text else { continue }
      let origin = Origin(entry, in: file)
      var fields = [
        ViewRecord.Field("key", .string(key), at: Origin(file, entry.key.byteRange)),
        ViewRecord.Field("value", entry.value.value(in: file), at: origin),
        ViewRecord.Field("entries", entries),
      ]
      let name = section?.text
      if let section, let name {
        fields.append(ViewRecord.Field("section", .string(name), at: Origin(file, section.byteRange)))
      }
      elements.append(ViewElement(ViewRecord(fields), at: origin, identity: [name, key].compactMap { $0 }))
    }
    return elements
  }
}
