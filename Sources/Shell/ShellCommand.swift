/// A simple command: a program, a function or a builtin with its arguments; or assignments or redirections alone.
package struct ShellCommand: Sendable, Hashable {
  /// `NAME=word`, `NAME+=word`, `NAME[i]=word`; the word is `nil` for a list in parentheses.
  package struct Assignment: Sendable, Hashable {
    package var name: String
    package var word: ShellWord?
    package var range: Range<Int>
  }

  /// `>file`, `2>&1`, `<<END`
  package struct Redirection: Sendable, Hashable {
    /// `>`, `>>`, `<`, `<<`, `<<-`, `<<<`, `>&`, `<&`, `&>`, `&>>`, `>|`, `<>`
    package var sign: String
    /// What stands before the sign: a number, or a name in braces.
    package var descriptor: String?
    package var target: ShellWord
    /// The lines of a here-document.
    package var body: Range<Int>?
    /// Whether variables in the body are expanded.
    package var expandsBody = false
    package var range: Range<Int>
  }

  /// What joins a command to the one before it.
  package enum Joiner: String, Sendable {
    case and = "&&"
    case or = "||"
    case pipe = "|"
    case pipeBoth = "|&"
    case sequence = ";"
    case background = "&"
  }

  /// From the first assignment or word to the last argument or redirection, in bytes of the script.
  package var range: Range<Int>
  /// The words as they are written, without assignments.
  package var words: [ShellWord] = []
  /// Those before the first word: they hold for this command, or for the script where there is no word.
  package var assignments: [Assignment] = []
  package var redirections: [Redirection] = []

  /// Commands with the same number stand in one pipeline.
  package var pipeline = 0
  /// The place in the pipeline, counted from 0.
  package var pipelineIndex = 0
  package var joiner: Joiner?
  package var isNegated = false
  package var isInBackground = false
  /// Whether its failure is looked at, so that `set -e` does not end the script: in `if`, `while`, before `&&`, `||` and
  /// after `!`.
  package var isCondition = false
  package var isInFunction = false
  package var isInLoop = false
  /// How many substitutions, subshells and nested scripts it stands in.
  package var depth = 0
  /// The command whose word or script it stands in, by index in ``ShellScript/commands``.
  package var parent: Int?

  /// The programs that start this one, without paths: `sudo`, `env`, `xargs`, …
  package var wrappers: [String] = []
  /// Where in ``words`` the command begins that the wrappers start.
  package var effectiveStart = 0

  /// What is run, without wrappers and path; `nil` where that is known only later, and where nothing is.
  package var name: String? {
    guard effectiveStart < words.count, let text = words[effectiveStart].text else { return nil }
    return Self.baseName(text)
  }

  /// The arguments of what is run.
  package var arguments: ArraySlice<ShellWord> { words.dropFirst(effectiveStart + 1) }

  static func baseName(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), path.index(after: slash) < path.endIndex else { return path }
    return String(path[path.index(after: slash)...])
  }
}
