/// Follows ARG and ENV through a Dockerfile: finds the stages and fills in the variables.
/// https://docs.docker.com/build/building/variables/
struct DockerfileScope {
  private struct Environment {
    /// ENV wins over ARG.
    var env: [String: VariableText.Variable] = [:]
    var arguments: [String: VariableText.Variable] = [:]
    /// Whether the base image can have set what is not known here.
    var hasUnknownBase = false

    func value(_ name: String) -> VariableText.Variable {
      env[name] ?? arguments[name] ?? (hasUnknownBase ? .unknown : .unset)
    }
  }

  /// Set by BuildKit, known only when it builds; in a stage they must be declared.
  /// https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
  private static let platformArguments = [
    "TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT", "BUILDPLATFORM", "BUILDOS", "BUILDARCH",
    "BUILDVARIANT",
  ]

  private static let expanding: Set<String> = [
    "ADD", "COPY", "ENV", "EXPOSE", "FROM", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
  ]

  private var global = Environment()
  private var current = Environment()
  private var ends: [Environment] = []

  init() {
    for name in Self.platformArguments { global.arguments[name] = .unknown }
  }

  /// - Returns: the stages; what the instructions say of them and of variables is filled in.
  mutating func resolve(_ instructions: inout [Dockerfile.Instruction]) -> [Dockerfile.Stage] {
    var stages: [Dockerfile.Stage] = []
    current = global
    for index in instructions.indices {
      if instructions[index].name == "FROM", !instructions[index].isOnBuild {
        if !stages.isEmpty { ends.append(current) } else { global = current }
        current = global
        expand(&instructions[index])
        stages.append(stage(of: instructions[index], at: index, after: stages))
        enter(stages[stages.count - 1], instructions[index])
      } else {
        expand(&instructions[index])
        declare(instructions[index])
      }
      if !stages.isEmpty {
        instructions[index].stage = stages.count - 1
        stages[stages.count - 1].instructions = stages[stages.count - 1].from + 1..<index + 1
      }
    }
    return stages
  }

  private func stage(
    of from: Dockerfile.Instruction, at index: Int, after stages: [Dockerfile.Stage]
  ) -> Dockerfile.Stage {
    let words = from.arguments
    let name = words.count >= 3 && words[1].text.lowercased() == "as" ? words[2].text : nil
    let image = words.first?.expansion?.text
    // Names of stages are the same in upper and lower case.
    let base = image.flatMap { image in stages.last { $0.name?.lowercased() == image.lowercased() }?.index }
    return Dockerfile.Stage(
      index: stages.count, name: name, from: index, base: base, instructions: index + 1..<index + 1)
  }

  /// A stage begins with what its base left.
  private mutating func enter(_ stage: Dockerfile.Stage, _ from: Dockerfile.Instruction) {
    if let base = stage.base, base < ends.count {
      current = ends[base]
    } else {
      current = Environment()
      current.hasUnknownBase = from.arguments.first?.expansion?.text != "scratch"
    }
  }

  private func expand(_ instruction: inout Dockerfile.Instruction) {
    for index in instruction.flags.indices {
      instruction.flags[index].expansion = instruction.flags[index].value.map(expanded)
    }
    // `HEALTHCHECK`, `RUN`, `CMD`, `ENTRYPOINT`: the shell does it, when the container runs.
    if Self.expanding.contains(instruction.name) {
      for index in instruction.arguments.indices {
        instruction.arguments[index].expansion = expanded(instruction.arguments[index].text)
      }
    }
    for index in instruction.assignments.indices {
      instruction.assignments[index].value = instruction.assignments[index].value.map { expanded($0.text ?? "") }
    }
  }

  private func expanded(_ text: String) -> VariableText.Expansion {
    VariableText(text, syntax: .dockerfile).expanded { current.value($0) }
  }

  private mutating func declare(_ instruction: Dockerfile.Instruction) {
    guard !instruction.isOnBuild else { return }
    for assignment in instruction.assignments {
      let value = assignment.value.map { $0.text.map(VariableText.Variable.known) ?? .unknown }
      switch instruction.name {
      case "ENV": current.env[assignment.name] = value ?? .known("")
      // Without a default it is what the build gives, or what was declared before the first stage.
      case "ARG": current.arguments[assignment.name] = value ?? global.arguments[assignment.name] ?? .unknown
      default: break
      }
    }
  }
}
