internal import Documents
internal import Expressions

/// The members of a service.
enum ComposeServiceRecord {
  static func fields(_ entry: MergedTree.Entry, raw: Value, _ interpolation: ComposeInterpolation) -> [ViewRecord.Field]
  {
    let reading: @Sendable (OriginFile) -> ScalarReading = { _ in interpolation.reading }
    var fields = [
      ViewRecord.Field("name", .string(entry.name), at: entry.origin), ViewRecord.Field("raw", raw),
    ]
    for member in entry.value.entries ?? [] where !member.value.isNull {
      let value = member.value.value(reading)
      if member.name == "image", case .string(let text) = value, let image = ImageReference(text, at: member.origin) {
        fields.append(ViewRecord.Field("image", .object(image), at: member.origin))
      } else {
        fields.append(ViewRecord.Field(member.name, value, at: member.origin))
      }
    }
    let scripts = ["entrypoint", "command"].flatMap { self.scripts(entry.value[$0]) }
    if !scripts.isEmpty { fields.append(ViewRecord.Field("scripts", .list(LocatedList(scripts)))) }
    return fields
  }

  /// A command that is one text, or the text that a list hands to a shell with `-c`.
  private static func scripts(_ command: MergedTree?) -> [(value: Value, origin: Origin?)] {
    guard let command else { return [] }
    var script: MergedTree? = command
    if let words = command.elements {
      let flag = words.firstIndex { word in
        guard let text = word.text else { return false }
        return text.hasPrefix("-") && !text.hasPrefix("--") && text.hasSuffix("c")
      }
      let shells: Set<Substring> = ["sh", "bash", "dash", "ash", "zsh"]
      let program = words.first?.text?.split(separator: "/").last
      guard let flag, flag + 1 < words.count, let program, shells.contains(program) else { return [] }
      script = words[flag + 1]
    }
    guard let (node, file) = script?.scalar, !node.isNull else { return [] }
    return [(.object(EmbeddedScript(node, in: file, holes: .none, shell: "sh")), Origin(node, in: file))]
  }
}
