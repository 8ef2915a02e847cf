// A file may have as many stages as lines, each going on from the one before. So no stage has a copy of its variables: the
// stages are walked as the trees that they form, with one set of variables, and what a stage changed is taken back when
// it and all that go on from it are done.

/// Follows ARG, ENV and SHELL through a Dockerfile: finds the stages and fills in the variables.
/// https://docs.docker.com/build/building/variables/
struct DockerfileScope {
  private struct Environment {
    /// ENV wins over ARG.
    var env: [String: VariableText.Variable] = [:]
    var arguments: [String: VariableText.Variable] = [:]
    /// Whether the base image can have set what is not known here.
    var hasUnknownBase = false
    var shell = ["/bin/sh", "-c"]

    func value(_ name: String) -> VariableText.Variable {
      // BuildKit gives one to an image that has none.
      let base: VariableText.Variable = hasUnknownBase || name == "PATH" ? .unknown : .unset
      return env[name] ?? arguments[name] ?? base
    }
  }

  private struct Change {
    var name: String
    var isEnv: Bool
    var before: VariableText.Variable?
  }

  /// A stage to enter, or one to leave and what to restore then.
  private enum Step {
    case enter(Int)
    case leave(changes: Int, shell: [String])
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

  /// How many bytes variables of one file may stand for together: thirty lines of `ENV B=$A$A` could fill any memory.
  private static let maxBytes = 8 << 20

  private let escape: UInt8
  private var global: [String: VariableText.Variable] = [:]
  private var current = Environment()
  private var changes: [Change] = []
  private var bytesLeft = Self.maxBytes

  init(escape: UInt8) {
    self.escape = escape
    for name in Self.platformArguments { global[name] = .unknown }
  }

  /// - Returns: the stages; what the instructions say of them and of variables is filled in.
  mutating func resolve(_ instructions: inout [Dockerfile.Instruction]) -> [Dockerfile.Stage] {
    let stages = findStages(&instructions)
    // The stages that go on from each.
    var children: [[Int]] = Array(repeating: [], count: stages.count)
    for stage in stages {
      if let base = stage.base { children[base].append(stage.index) }
    }
    for root in stages where root.base == nil {
      current = Environment()
      current.hasUnknownBase = instructions[root.from].arguments.first?.expansion?.text != "scratch"
      changes = []
      var steps = [Step.enter(root.index)]
      while let step = steps.popLast() {
        switch step {
        case .enter(let index):
          steps.append(.leave(changes: changes.count, shell: current.shell))
          steps += children[index].map(Step.enter)
          for index in stages[index].instructions { read(&instructions[index]) }
        case .leave(let count, let shell):
          undo(to: count)
          current.shell = shell
        }
      }
    }
    return stages
  }

  // MARK: Stages

  private mutating func findStages(_ instructions: inout [Dockerfile.Instruction]) -> [Dockerfile.Stage] {
    var stages: [Dockerfile.Stage] = []
    // The last stage of each name, in lower case: names of stages are the same in both.
    var named: [String: Int] = [:]
    current.arguments = global
    for index in instructions.indices {
      if instructions[index].name == "FROM", !instructions[index].isOnBuild {
        if stages.isEmpty {
          global = current.arguments
          current.env = [:]
        }
        expand(&instructions[index])
        let words = instructions[index].arguments
        let base = words.first?.expansion?.text.flatMap { named[$0.lowercased()] }
        let name = words.count >= 3 && words[1].text.lowercased() == "as" ? words[2].text : nil
        if let name { named[name.lowercased()] = stages.count }
        stages.append(
          Dockerfile.Stage(
            index: stages.count, name: name, from: index, base: base, instructions: index + 1..<index + 1))
      } else if stages.isEmpty {
        read(&instructions[index])
      }
      if !stages.isEmpty {
        instructions[index].stage = stages.count - 1
        stages[stages.count - 1].instructions = stages[stages.count - 1].from + 1..<index + 1
      }
    }
    return stages
  }

  // MARK: Variables

  private mutating func read(_ instruction: inout Dockerfile.Instruction) {
    expand(&instruction)
    if !instruction.isOnBuild {
      declare(instruction)
      if instruction.name == "SHELL", instruction.isExecForm { current.shell = instruction.arguments.map(\.text) }
    }
    instruction.shell = current.shell
  }

  private mutating func expand(_ instruction: inout Dockerfile.Instruction) {
    let isOnBuild = instruction.isOnBuild
    for index in instruction.flags.indices {
      instruction.flags[index].expansion = instruction.flags[index].value.map { expanded($0, isOnBuild: isOnBuild) }
    }
    // `HEALTHCHECK`, `RUN`, `CMD`, `ENTRYPOINT`: the shell does it, when the container runs.
    if Self.expanding.contains(instruction.name) {
      for index in instruction.arguments.indices {
        instruction.arguments[index].expansion = expanded(instruction.arguments[index].text, isOnBuild: isOnBuild)
      }
    }
    for index in instruction.assignments.indices {
      instruction.assignments[index].value = instruction.assignments[index].value.map {
        expanded($0.text ?? "", isOnBuild: isOnBuild)
      }
    }
  }

  private mutating func expanded(_ text: String, isOnBuild: Bool) -> VariableText.Expansion {
    let current = current
    var left = bytesLeft
    let expansion = VariableText(text, syntax: .dockerfile(escape: escape)).expanded { name in
      // It is carried out in another build, which has the variables of ENV but not those of ARG.
      let value = isOnBuild ? current.env[name] ?? .unknown : current.value(name)
      guard case .known(let text) = value else { return value }
      guard text.utf8.count <= left else { return .unknown }
      left -= text.utf8.count
      return value
    }
    bytesLeft = left
    return expansion
  }

  private mutating func declare(_ instruction: Dockerfile.Instruction) {
    for assignment in instruction.assignments {
      let name = assignment.name
      let value = assignment.value.map { $0.text.map(VariableText.Variable.known) ?? .unknown }
      switch instruction.name {
      case "ENV":
        changes.append(Change(name: name, isEnv: true, before: current.env[name]))
        current.env[name] = value ?? .known("")
      case "ARG":
        // Without a default it is what the build gives, or what was declared before the first stage.
        changes.append(Change(name: name, isEnv: false, before: current.arguments[name]))
        current.arguments[name] = value ?? global[name] ?? current.arguments[name] ?? .unknown
      default: break
      }
    }
  }

  private mutating func undo(to count: Int) {
    while changes.count > count {
      let change = changes.removeLast()
      if change.isEnv {
        current.env[change.name] = change.before
      } else {
        current.arguments[change.name] = change.before
      }
    }
  }
}
