// Written here: there is no Swift library that parses shell, and those of other languages (mvdan/sh, morbig, tree-sitter)
// bring a runtime or a grammar of many megabytes, and none takes texts with the holes of another template engine.

/// A script of a POSIX shell or Bash as its commands.
///
///     ShellScript(parsing: Array("curl -s $URL | sudo bash".utf8)).commands.map(\.name)  // ["curl", "bash"]
///
/// The grammar is that of the POSIX shell command language
/// (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html) with Bash's additions
/// (https://www.gnu.org/software/bash/manual/bash.html). Aliases are not expanded, nothing is run.
package struct ShellScript: Sendable {
  /// A place that is not understood.
  package struct SyntaxError: Error, Hashable, Sendable {
    package var message: String
    /// In bytes of the script.
    package var offset: Int
  }

  /// The most commands of one script; what follows is an error.
  static let maxCommands = 200_000

  package let bytes: [UInt8]
  /// In the order in which they begin, those in substitutions, compound commands, functions and nested scripts included.
  package let commands: [ShellCommand]
  /// What was not understood; the commands around it are there.
  package let errors: [SyntaxError]
  /// What the first line after `#!` names, without path: `bash`.
  package let interpreter: String?
  /// The options in force for most of the script: `errexit`, `nounset`, `pipefail`, `xtrace`, …, as `set -o` names them.
  package let options: Set<String>

  /// - Parameter holes: spans of the text that another template engine fills in, sorted, without overlap.
  /// - Complexity: linear in the text.
  package init(parsing bytes: [UInt8], holes: [Range<Int>] = []) {
    var parser = ShellParser(bytes, holes: holes)
    parser.parseScript()
    self.bytes = bytes
    commands = parser.commands
    errors = parser.errors
    let start = Shebang(bytes)
    interpreter = start.interpreter
    options = ShellOptions.set(by: parser.commands, startingWith: start.flags)
  }

  /// A word as it is written.
  package func written(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// The first line of a script.
private struct Shebang {
  var interpreter: String?
  var flags: [String] = []

  init(_ bytes: [UInt8]) {
    guard bytes.starts(with: "#!".utf8) else { return }
    let line = String(decoding: bytes.dropFirst(2).prefix { $0 != 0x0A }.prefix(256), as: UTF8.self)
    for word in line.split(whereSeparator: \.isWhitespace) {
      if interpreter == nil {
        let name = ShellCommand.baseName(String(word))
        if name == "env" || name.hasPrefix("-") || name.contains("=") { continue }
        interpreter = name
      } else {
        flags.append(String(word))
      }
    }
  }
}

/// What `set` turns on and off.
enum ShellOptions {
  private static let letters: [Character: String] = [
    "e": "errexit", "u": "nounset", "x": "xtrace", "f": "noglob", "n": "noexec", "v": "verbose", "a": "allexport",
    "C": "noclobber", "E": "errtrace", "T": "functrace", "m": "monitor",
  ]

  static func set(by commands: [ShellCommand], startingWith flags: [String]) -> Set<String> {
    var options: Set<String> = []
    apply(flags, to: &options)
    for command in commands
    where command.name == "set" && command.depth == 0 && !command.isInFunction && command.parent == nil {
      apply(command.arguments.map { $0.text ?? "" }, to: &options)
    }
    return options
  }

  private static func apply(_ arguments: [String], to options: inout Set<String>) {
    var isOn: Bool?
    for argument in arguments {
      if let on = isOn {
        isOn = nil
        if on { options.insert(argument) } else { options.remove(argument) }
        continue
      }
      guard let sign = argument.first, sign == "-" || sign == "+", argument != "--" else { return }
      for letter in argument.dropFirst() {
        if letter == "o" {
          isOn = sign == "-"
        } else if let name = letters[letter] {
          if sign == "-" { options.insert(name) } else { options.remove(name) }
        }
      }
    }
  }
}
