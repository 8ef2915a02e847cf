internal import Documents
internal import Expressions
internal import Findings

/// A Dockerfile read into records of its stages and instructions.
final class DockerfileModel: ViewModel {
  let dockerfile: Dockerfile
  let file: OriginFile
  let stages: [ViewElement]
  let instructions: [ViewElement]

  init(_ viewed: ViewedFile) {
    let dockerfile = Dockerfile(parsing: viewed.bytes)
    let reader = DockerfileRecords(dockerfile: dockerfile, file: viewed.origin)
    let stages = dockerfile.stages.map { reader.stage($0) }
    self.dockerfile = dockerfile
    file = viewed.origin
    self.stages = stages
    instructions = dockerfile.instructions.indices.map { index in
      reader.instruction(index, stage: dockerfile.instructions[index].stage.map { stages[$0].record })
    }
  }
}

/// Makes the records of one Dockerfile.
struct DockerfileRecords: Sendable {
  let dockerfile: Dockerfile
  let file: OriginFile
  /// For each stage its last instruction of each kind that replaces an earlier one, or that of the stage below it.
  private let ends: [[String: Int]]
  /// The first stage of each name, in lower case.
  private let firstNamed: [String: Int]

  /// How many stages below one are looked at for ports, variables and labels. Images of more layers than that cannot be run.
  /// https://docs.docker.com/engine/storage/drivers/overlayfs-driver/
  private static let maxLineage = 128

  init(dockerfile: Dockerfile, file: OriginFile) {
    self.dockerfile = dockerfile
    self.file = file
    let replacing: Set = ["USER", "WORKDIR", "STOPSIGNAL", "ENTRYPOINT", "CMD", "HEALTHCHECK"]
    var ends: [[String: Int]] = []
    for stage in dockerfile.stages {
      var end = stage.base.map { ends[$0] } ?? [:]
      for index in stage.instructions {
        let instruction = dockerfile.instructions[index]
        if !instruction.isOnBuild, replacing.contains(instruction.name) { end[instruction.name] = index }
      }
      ends.append(end)
    }
    self.ends = ends
    firstNamed = Dictionary(
      dockerfile.stages.compactMap { stage in stage.name.map { ($0.lowercased(), stage.index) } },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: Instructions

  /// - Parameter stage: `nil` for an instruction that the stage's own record holds, and before the first FROM.
  func instruction(_ index: Int, stage: ViewRecord?) -> ViewElement {
    let instruction = dockerfile.instructions[index]
    let origin = Origin(file, firstLine(of: instruction))
    var fields = [
      ViewRecord.Field("instruction", .string(instruction.name), at: Origin(file, instruction.keyword)),
      ViewRecord.Field("index", .int(Int64(index))),
      ViewRecord.Field("onbuild", .bool(instruction.isOnBuild)),
      ViewRecord.Field("form", .string(instruction.isExecForm ? "exec" : "shell")),
      ViewRecord.Field("text", .string(String(decoding: instruction.text.bytes, as: UTF8.self)), at: origin),
      ViewRecord.Field("flags", .map(ViewRecord(instruction.flags.map(flag))), at: origin),
      ViewRecord.Field("arguments", .list(LocatedList(instruction.arguments.map(argument))), at: origin),
    ]
    if let stage { fields.append(ViewRecord.Field("stage", .map(stage))) }
    if !instruction.assignments.isEmpty {
      let variables = instruction.assignments.map { assignment in
        ViewRecord.Field(
          assignment.name, value(assignment.value ?? .init(text: nil, variables: [], unknowns: [assignment.name])),
          at: Origin(file, assignment.range))
      }
      fields.append(ViewRecord.Field("variables", .map(ViewRecord(variables)), at: origin))
    }
    fields += special(instruction)
    return ViewElement(
      ViewRecord(fields), at: origin, identity: [instruction.stage.map(stageName) ?? "", instruction.name])
  }

  /// A finding about a RUN of fifty lines marks the first.
  private func firstLine(of instruction: Dockerfile.Instruction) -> Range<Int> {
    let end = file.bytes[instruction.range].firstIndex(of: 0x0A) ?? instruction.range.upperBound
    return instruction.range.lowerBound..<end
  }

  private func flag(_ flag: Dockerfile.Flag) -> ViewRecord.Field {
    ViewRecord.Field(
      flag.name, flag.expansion.map(value) ?? .string(flag.value ?? "true"), at: Origin(file, flag.range))
  }

  private func argument(_ argument: Dockerfile.Argument) -> (value: Value, origin: Origin?) {
    (argument.expansion.map(value) ?? .string(argument.text), Origin(file, argument.range))
  }

  private func value(_ expansion: VariableText.Expansion) -> Value {
    if let text = expansion.text { return .string(text) }
    return .unknown(Unknown(expansion.unknowns))
  }

  /// What instructions of one kind have.
  private func special(_ instruction: Dockerfile.Instruction) -> [ViewRecord.Field] {
    let origin = Origin(file, firstLine(of: instruction))
    switch instruction.name {
    case "FROM":
      guard let first = instruction.arguments.first else { return [] }
      return [image(first)].compactMap { $0 }
    case "COPY", "ADD":
      let paths = instruction.arguments.map(argument)
      guard let last = paths.last else { return [] }
      return [
        ViewRecord.Field("sources", .list(LocatedList(Array(paths.dropLast())))),
        ViewRecord.Field("destination", last.value, at: last.origin),
      ]
    case "RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK":
      guard let script = script(of: instruction) else { return [] }
      return [ViewRecord.Field("script", .object(script), at: origin)]
    default: return []
    }
  }

  /// The text that a shell reads: of the shell form, or what `sh -c` gets in the exec form is found by the shell view.
  func script(of instruction: Dockerfile.Instruction) -> EmbeddedScript? {
    let shell = instruction.shell.first.map {
      $0.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? $0
    }
    if instruction.isExecForm {
      // As the shell would read it: quoted words, each at its place.
      let skipped = instruction.name == "HEALTHCHECK" ? 1 : 0
      return EmbeddedScript(words: instruction.arguments.dropFirst(skipped).map { ($0.text, $0.range) }, in: file)
    }
    switch instruction.name {
    case "RUN":
      if let document = instruction.hereDocuments.first, instruction.text.bytes.starts(with: "<<".utf8) {
        return EmbeddedScript(document.body, in: file, shell: shell)
      }
      return EmbeddedScript(instruction.text, in: file, shell: shell)
    case "CMD", "ENTRYPOINT": return EmbeddedScript(instruction.text, in: file, shell: shell)
    case "HEALTHCHECK":
      guard instruction.arguments.first?.text == "CMD", instruction.arguments.count > 1 else { return nil }
      return EmbeddedScript(instruction.text.part(3..<instruction.text.bytes.count), in: file, shell: shell)
    default: return nil
    }
  }

  func image(_ argument: Dockerfile.Argument) -> ViewRecord.Field? {
    let origin = Origin(file, argument.range)
    let image = argument.expansion.map(value) ?? .string(argument.text)
    guard case .string(let text) = image else { return ViewRecord.Field("image", image, at: origin) }
    return ImageReference(text, at: origin).map { ViewRecord.Field("image", .object($0), at: origin) }
  }

  // MARK: Stages

  /// Whether a text names a stage that stands before an instruction, by name or number.
  func isStage(_ text: String, before instruction: Dockerfile.Instruction) -> Bool {
    guard let stage = instruction.stage else { return false }
    return firstNamed[text.lowercased()].map { $0 < stage } ?? Int(text).map { 0..<stage ~= $0 } ?? false
  }

  func stageName(_ index: Int) -> String { dockerfile.stages[index].name ?? String(index) }

  func stage(_ stage: Dockerfile.Stage) -> ViewElement {
    let from = dockerfile.instructions[stage.from]
    let origin = Origin(file, from.range)
    var fields = [
      ViewRecord.Field("index", .int(Int64(stage.index))),
      ViewRecord.Field("final", .bool(stage.index == dockerfile.stages.count - 1)),
    ]
    if let name = stage.name {
      fields.append(ViewRecord.Field("name", .string(name), at: from.arguments.last.map { Origin(file, $0.range) }))
    }
    if let base = stage.base {
      fields.append(
        ViewRecord.Field("base", .string(stageName(base)), at: from.arguments.first.map { Origin(file, $0.range) }))
    } else if let first = from.arguments.first, let image = image(first) {
      fields.append(image)
    }
    if let platform = from.flags.first(where: { $0.name == "platform" }) { fields.append(flag(platform)) }
    fields.append(
      .computedAgain("instructions", at: origin) { [self] in
        .list(
          LocatedList(
            stage.instructions.map { index in
              let element = instruction(index, stage: nil)
              return (.map(element.record), element.origin)
            }))
      })
    // What holds at the end of the stage, from the stages that it goes on from too.
    for (name, member) in [("USER", "user"), ("WORKDIR", "workdir"), ("STOPSIGNAL", "stopsignal")] {
      if let last = last(name, in: stage), let argument = last.arguments.first {
        fields.append(
          ViewRecord.Field(
            member, argument.expansion.map(value) ?? .string(argument.text), at: Origin(file, last.range)))
      }
    }
    for (name, member) in [("ENTRYPOINT", "entrypoint"), ("CMD", "command"), ("HEALTHCHECK", "healthcheck")] {
      if let last = last(name, in: stage) {
        fields.append(
          ViewRecord.Field(
            member, .list(LocatedList(last.arguments.map(argument))), at: Origin(file, firstLine(of: last))))
      }
    }
    fields.append(ViewRecord.Field("ports", at: origin) { [self] in ports(of: stage) })
    for (name, member) in [("ENV", "environment"), ("LABEL", "labels")] {
      fields.append(ViewRecord.Field(member) { [self] in variables(of: stage, from: name) })
    }
    return ViewElement(
      ViewRecord(fields), at: Origin(file, firstLine(of: from)), identity: [stageName(stage.index)])
  }

  private func ports(of stage: Dockerfile.Stage) -> Value {
    let ports = lineage(of: stage).flatMap { stage in
      stage.instructions.map { dockerfile.instructions[$0] }.filter { $0.name == "EXPOSE" && !$0.isOnBuild }
        .flatMap(\.arguments)
    }
    return .list(LocatedList(ports.map(argument)))
  }

  private func variables(of stage: Dockerfile.Stage, from name: String) -> Value {
    // The nearest setting of a name counts.
    let assignments = lineage(of: stage).flatMap { stage in
      stage.instructions.reversed().map { dockerfile.instructions[$0] }.filter { $0.name == name && !$0.isOnBuild }
        .flatMap { $0.assignments.reversed() }
    }
    let variables = assignments.map { assignment in
      ViewRecord.Field(assignment.name, assignment.value.map(value) ?? .string(""), at: Origin(file, assignment.range))
    }
    return .map(ViewRecord(Self.firstOfEachName(variables)))
  }

  private static func firstOfEachName(_ fields: [ViewRecord.Field]) -> [ViewRecord.Field] {
    var seen: Set<String> = []
    return fields.filter { seen.insert($0.name).inserted }
  }

  /// A stage and those that it goes on from, the nearest first.
  private func lineage(of stage: Dockerfile.Stage) -> [Dockerfile.Stage] {
    var lineage = [stage]
    while let base = lineage[lineage.count - 1].base, lineage.count < Self.maxLineage {
      lineage.append(dockerfile.stages[base])
    }
    return lineage
  }

  private func last(_ name: String, in stage: Dockerfile.Stage) -> Dockerfile.Instruction? {
    ends[stage.index][name].map { dockerfile.instructions[$0] }
  }
}
