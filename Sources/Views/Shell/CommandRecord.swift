internal import Documents
internal import Expressions
internal import Shell

/// Makes the records of the commands of one script.
struct CommandRecord: Sendable {
  private let script: EmbeddedScript
  private var parsed: ShellScript { script.script }

  /// - Parameter fields: what it stands in: a step, an instruction.
  static func record(_ index: Int, of script: EmbeddedScript, fields owner: [ViewRecord.Field]) -> ViewRecord {
    CommandRecord(script: script).record(index, fields: owner)
  }

  private func origin(_ range: Range<Int>) -> Origin { Origin(script.file, script.content.fileRange(of: range)) }

  private func value(_ word: ShellWord) -> Value {
    if let text = word.text { return .string(text) }
    return .unknown(Unknown(word.variables.first.map { "$\($0)" } ?? "what the script makes"))
  }

  private func list(_ words: some Sequence<ShellWord>) -> Value {
    .list(LocatedList(words.map { (value($0), origin($0.range)) }))
  }

  private func written(_ range: Range<Int>) -> String { parsed.written(range) }

  private func record(_ index: Int, fields owner: [ViewRecord.Field]) -> ViewRecord {
    let command = parsed.commands[index]
    var fields: [ViewRecord.Field] = []
    if command.effectiveStart < command.words.count {
      let word = command.words[command.effectiveStart]
      fields.append(
        ViewRecord.Field("name", command.name.map(Value.string) ?? value(word), at: origin(word.range)))
    }
    fields += [
      ViewRecord.Field("text", .string(written(command.range)), at: origin(command.range)),
      ViewRecord.Field("words") { list(command.words) },
      ViewRecord.Field("arguments", at: command.arguments.first.map { origin($0.range) }) { list(command.arguments) },
      ViewRecord.Field("written") { .strings(command.arguments.map { written($0.range) }) },
      ViewRecord.Field("operands", at: command.arguments.first.map { origin($0.range) }) {
        list(command.parsedArguments.operands)
      },
      ViewRecord.Field("flags", at: command.arguments.first.map { origin($0.range) }) {
        .strings(command.parsedArguments.flags.map(\.name))
      },
      ViewRecord.Field("options") {
        let flags = command.parsedArguments.flags.filter { $0.value != nil }
        return .map(
          ViewRecord(flags.map { ViewRecord.Field($0.name, $0.value.map(value) ?? .null, at: origin($0.word.range)) }))
      },
      ViewRecord.Field("variables") {
        var names: [String] = []
        for name in command.words.flatMap(\.variables) where !names.contains(name) { names.append(name) }
        return .strings(names)
      },
      ViewRecord.Field("assignments") {
        .map(
          ViewRecord(
            command.assignments.map { assignment in
              ViewRecord.Field(
                assignment.name, assignment.word.map(value) ?? .unknown(Unknown(assignment.name)),
                at: origin(assignment.range))
            }))
      },
      ViewRecord.Field("redirections") {
        .list(
          LocatedList(
            command.redirections.map { redirection in
              var fields = [
                ViewRecord.Field("sign", .string(redirection.sign)),
                ViewRecord.Field("target", value(redirection.target), at: origin(redirection.target.range)),
              ]
              if let descriptor = redirection.descriptor {
                fields.append(ViewRecord.Field("descriptor", .string(descriptor)))
              }
              if let body = redirection.body {
                fields.append(ViewRecord.Field("body", .string(written(body)), at: origin(body)))
              }
              return (.map(ViewRecord(fields)), origin(redirection.range))
            }))
      },
      ViewRecord.Field("wrappers", .strings(command.wrappers)),
      ViewRecord.Field("joiner", command.joiner.map { .string($0.rawValue) } ?? .string("")),
      ViewRecord.Field("condition", .bool(command.isCondition)), ViewRecord.Field("negated", .bool(command.isNegated)),
      ViewRecord.Field("background", .bool(command.isInBackground)),
      ViewRecord.Field("function", .bool(command.isInFunction)), ViewRecord.Field("loop", .bool(command.isInLoop)),
      ViewRecord.Field("depth", .int(Int64(command.depth))), ViewRecord.Field("index", .int(Int64(index))),
      // Made when they are asked for, without their own neighbours, or two commands would hold each other.
      .computedAgain("pipeline") {
        .list(
          LocatedList(
            pipeline(of: index).map { member in
              (.map(neighbour(member)), origin(parsed.commands[member].range))
            }))
      },
      .computedAgain("before") { .list(neighbours(parsed.commands.indices.prefix(index).suffix(Self.maxNeighbours))) },
      .computedAgain("after") {
        .list(neighbours(parsed.commands.indices.dropFirst(index + 1).prefix(Self.maxNeighbours)))
      },
      ViewRecord.Field("script", .object(script)),
    ]
    return ViewRecord(fields + owner)
  }

  /// The commands of the same pipeline, in order, this one included.
  private func pipeline(of index: Int) -> [Int] {
    let number = parsed.commands[index].pipeline
    var low = index
    var high = index
    // Those of one pipeline lie near each other; substitutions stand between them.
    while low > 0, index - low < Self.maxNeighbours,
      parsed.commands[low - 1].pipeline >= number || parsed.commands[low - 1].depth > parsed.commands[index].depth
    {
      low -= 1
    }
    while high + 1 < parsed.commands.count, high - index < Self.maxNeighbours,
      parsed.commands[high + 1].pipeline == number || parsed.commands[high + 1].depth > parsed.commands[index].depth
    {
      high += 1
    }
    return (low...high).filter { parsed.commands[$0].pipeline == number }
      .sorted { parsed.commands[$0].pipelineIndex < parsed.commands[$1].pipelineIndex }
  }

  /// Of a long script those nearest: what is asked is what was done just before, and each command may ask.
  private static let maxNeighbours = 200

  private func neighbours(_ indices: some Sequence<Int>) -> [Value] { indices.map { .map(neighbour($0)) } }

  /// A command with what tells what it does, and without its neighbours.
  private func neighbour(_ index: Int) -> ViewRecord {
    let command = parsed.commands[index]
    var fields: [ViewRecord.Field] = []
    if let name = command.name { fields.append(ViewRecord.Field("name", .string(name), at: origin(command.range))) }
    fields += [
      ViewRecord.Field("index", .int(Int64(index))),
      ViewRecord.Field("text", .string(parsed.written(command.range)), at: origin(command.range)),
      ViewRecord.Field("written") { .strings(command.arguments.map { parsed.written($0.range) }) },
      ViewRecord.Field("flags") { .strings(command.parsedArguments.flags.map(\.name)) },
      ViewRecord.Field("operands") {
        .strings(command.parsedArguments.operands.map { $0.text ?? parsed.written($0.range) })
      },
    ]
    return ViewRecord(fields)
  }
}
