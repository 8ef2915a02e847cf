internal import Documents
internal import Expressions
internal import Findings
internal import Shell

/// What rules see of shell scripts, wherever they stand.
enum ShellViews {
  static let all = [command, script]

  private static let kinds: [FileKind] = [
    .shell, .dockerfile, .githubWorkflow, .githubAction, .gitlabCI, .compose, .packageJSON,
  ]

  static let command = View(
    "shell.command", "A command in a script: in a file, a step, a job, a RUN, a substitution, an argument of `sh -c`.",
    kinds: kinds,
    members: [
      View.Member("name", "the program, without path and without `sudo`, `env`, `xargs` and their like"),
      View.Member("wrappers", "the names of those"),
      View.Member("text", "the command as it is written"),
      View.Member("words", "all words; what is known later is unknown"),
      View.Member("arguments", "those behind the name"), View.Member("written", "the same as they are written"),
      View.Member("operands", "arguments that are no flags and no values of flags"),
      View.Member("flags", "all flags, clusters taken apart: `-xzf` is `-x`, `-z`, `-f`"),
      View.Member("options", "the values of flags that take one, by flag"),
      View.Member("variables", "the names of the variables that its words expand"),
      View.Member("assignments", "the variables that are set before the name, by name"),
      View.Member("redirections", "each with `sign`, `target`, `descriptor` and `body`"),
      View.Member("pipeline", "the commands of its pipeline in order, itself included; at most 200 on each side"),
      View.Member("before", "the commands of the script that stand before it, at most 200"),
      View.Member("after", "those that stand after it, at most 200"),
      View.Member("joiner", "what joins it to the one before: `&&`, `|`, …"),
      View.Member("condition", "whether its failure is looked at, in `if`, `while`, before `&&` and `||`"),
      View.Member("negated", "whether `!` stands before it"), View.Member("background", "whether `&` stands behind it"),
      View.Member("function", "whether it stands in a function"), View.Member("loop", "whether it stands in a loop"),
      View.Member("depth", "how many substitutions and nested scripts it stands in"),
      View.Member("index", "counted from 0 in the script"),
      View.Member("script", "the script: `text`, `shell`, `options`, `commands`"),
      View.Member("step", "of a workflow, as `github.step` has it"),
      View.Member("instruction", "of a Dockerfile, as `dockerfile.instruction` has it"),
      View.Member("job", "of GitLab, as `gitlab.job` has it"),
      View.Member("service", "of Compose, as `compose.service` has it"),
    ]
  ) { file in
    scripts(of: file).flatMap { owned in
      owned.script.script.commands.indices.map { index in
        let range = owned.script.script.commands[index].range
        return ViewElement(
          CommandRecord.record(index, of: owned.script, fields: owned.fields),
          at: Origin(owned.script.file, owned.script.content.fileRange(of: firstLine(of: range, in: owned.script))),
          identity: owned.identity)
      }
    }
  }

  static let script = View(
    "shell.script", "A script: a file, a step, a job, a RUN.", kinds: kinds,
    members: [
      View.Member("text", "as it is written"), View.Member("shell", "what reads it; absent where that is not known"),
      View.Member("options", "what `set` turns on: `errexit`, `nounset`, `pipefail`, …"),
      View.Member("interpreter", "what the first line after `#!` names; absent without"),
      View.Member("commands", "a list, each as `shell.command` has it"),
      View.Member("step", "of a workflow, as `github.step` has it"),
      View.Member("instruction", "of a Dockerfile, as `dockerfile.instruction` has it"),
      View.Member("job", "of GitLab, as `gitlab.job` has it"),
      View.Member("service", "of Compose, as `compose.service` has it"),
    ]
  ) { file in
    scripts(of: file).map { owned in
      let script = owned.script
      let place = script.content.fileRange(of: firstLine(of: 0..<script.content.bytes.count, in: script))
      var fields = [
        ViewRecord.Field("text", .string(script.text ?? ""), at: Origin(script.file, place)),
        ViewRecord.Field("options", .strings(script.script.options.sorted())),
        .computedAgain("commands") { script.member("commands") ?? .list([]) },
      ]
      if let shell = script.shell { fields.append(ViewRecord.Field("shell", .string(shell))) }
      if let name = script.script.interpreter { fields.append(ViewRecord.Field("interpreter", .string(name))) }
      return ViewElement(
        ViewRecord(fields + owned.fields), at: Origin(script.file, place), identity: owned.identity)
    }
  }

  private static func firstLine(of range: Range<Int>, in script: EmbeddedScript) -> Range<Int> {
    let end = script.content.bytes[range].firstIndex(of: 0x0A) ?? range.upperBound
    return range.lowerBound..<max(range.lowerBound, end)
  }

  // MARK: Where scripts stand

  /// A script and what it belongs to.
  struct OwnedScript {
    var script: EmbeddedScript
    var fields: [ViewRecord.Field] = []
    var identity: [String] = []
  }

  private static func scripts(of file: ViewedFile) -> [OwnedScript] {
    let scripts = file.model(ScriptModel.self).scripts
    return scripts
  }

  /// The scripts of a file, each once for both views.
  final class ScriptModel: ViewModel {
    let scripts: [OwnedScript]

    init(_ file: ViewedFile) {
      scripts = Self.scripts(of: file).filter { $0.script.isShell }
      for owned in scripts where owned.script.shell != nil {
        for error in owned.script.script.errors.prefix(1) {
          file.note("shell script: \(error.message)", at: owned.script.content.fileOffset(of: error.offset))
        }
      }
    }

    private static func scripts(of file: ViewedFile) -> [OwnedScript] {
      switch file.kind {
      case .shell:
        let text = EmbeddedText(bytes: file.bytes, segments: [.init(text: 0, file: 0)])
        return [OwnedScript(script: EmbeddedScript(text, in: file.origin, shell: shell(of: file)))]
      case .dockerfile:
        return owned(file.model(DockerfileModel.self).instructions, by: "instruction", member: "script")
      case .githubWorkflow, .githubAction:
        return owned(file.model(GitHubWorkflow.self).steps, by: "step", member: "run")
      case .packageJSON:
        return (file.document?.root?["scripts"]?.entries ?? []).map { entry in
          OwnedScript(
            script: EmbeddedScript(entry.value, in: file.origin, shell: "sh"),
            identity: ["scripts", entry.key.text ?? ""])
        }
      case .compose:
        return owned(file.model(ComposeFile.self).services, by: "service", members: "scripts").filter { owned in
          owned.script.file === file.origin
        }
      case .gitlabCI:
        return owned(file.model(GitLabPipeline.self).jobs, by: "job", members: "scripts").filter { owned in
          // What an included file holds is found when that is scanned, or is not ours to judge.
          owned.script.file === file.origin
        }
      default: return []
      }
    }

    /// Of a file of zsh or fish not much would be understood.
    private static func shell(of file: ViewedFile) -> String {
      let name = String(decoding: file.path.name, as: UTF8.self)
      if name.hasSuffix(".zsh") || name.hasPrefix(".zsh") { return "zsh" }
      return "bash"
    }

    private static func owned(_ elements: [ViewElement], by name: String, member: String) -> [OwnedScript] {
      elements.compactMap { element in
        guard case .object(let object)? = element.record.member(member), let script = object as? EmbeddedScript else {
          return nil
        }
        return OwnedScript(
          script: script, fields: [ViewRecord.Field(name, .map(element.record))], identity: element.identity)
      }
    }

    /// The same for a member that is a list of scripts.
    private static func owned(_ elements: [ViewElement], by name: String, members: String) -> [OwnedScript] {
      elements.flatMap { element -> [OwnedScript] in
        guard case .list(let list)? = element.record.member(members) else { return [] }
        return (0..<list.count).compactMap { index in
          guard case .object(let object) = list.element(at: index), let script = object as? EmbeddedScript else {
            return nil
          }
          return OwnedScript(
            script: script, fields: [ViewRecord.Field(name, .map(element.record))], identity: element.identity)
        }
      }
    }
  }
}
