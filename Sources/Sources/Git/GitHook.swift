internal import Glibc

/// A hook of a repository that runs tollgate; an existing hook is kept beside it and runs first.
package struct GitHook: Sendable {
  /// The hooks that tollgate knows (githooks(5)).
  package enum Event: String, CaseIterable, Sendable {
    case preCommit = "pre-commit"
    case prePush = "pre-push"
  }

  package enum State: Hashable, Sendable {
    case absent
    /// A hook of somebody else's.
    case foreign
    case installed(isChained: Bool)
  }

  package let event: Event
  /// An absolute path.
  package let path: String

  /// What our hooks hold in their second line.
  private static let mark = "# tollgate hook, version 1"

  /// - Parameter directory: within the repository; `nil`: the current one.
  package init(_ event: Event, directory: String?) throws(GitFailure) {
    let here = GitDatabase(path: directory, keepsHooksPath: true)
    // A relative core.hooksPath starts at the top of the work tree; a bare repository has none.
    let top = (try? here.lines(["rev-parse", "--show-toplevel"]))?.first
    let database = top.map { GitDatabase(path: $0, keepsHooksPath: true) } ?? here
    let lines = try database.lines(["rev-parse", "--path-format=absolute", "--git-path", "hooks/" + event.rawValue])
    guard let path = lines.first else { throw GitFailure("git does not say where its hooks are") }
    self.event = event
    self.path = path
  }

  /// Where an existing hook is kept.
  package var keptPath: String { path + ".before-tollgate" }

  package var state: State {
    guard FileSystem.kind(of: Array(path.utf8)) != nil else { return .absent }
    return isOurs ? .installed(isChained: FileSystem.kind(of: Array(keptPath.utf8)) != nil) : .foreign
  }

  private var isOurs: Bool {
    let start = FileSystem.contents(of: Array(path.utf8), limit: 256) ?? []
    return String(decoding: start, as: UTF8.self).split(separator: "\n").dropFirst().first == Self.mark[...]
  }

  /// Writes the hook. One that is there already is renamed and called by it; our own is written anew.
  ///
  /// - Parameter program: where tollgate is, for when it is not on the PATH of the program that calls git.
  package func install(program: String) throws(GitFailure) {
    if state == .foreign {
      guard FileSystem.kind(of: Array(keptPath.utf8)) == nil else {
        throw GitFailure("\(keptPath) is in the way: it was kept by an earlier installation; remove or rename it")
      }
      guard unsafe rename(path, keptPath) == 0 else { throw failure("kept") }
    }
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    // There already, in most repositories.
    _ = unsafe mkdir("/" + folder, 0o755)
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o755)
    guard descriptor >= 0 else { throw failure("written") }
    defer { close(descriptor) }
    let bytes = Array(script(program: program).utf8)
    guard unsafe write(descriptor, bytes, bytes.count) == bytes.count, fchmod(descriptor, 0o755) == 0 else {
      throw failure("written")
    }
  }

  /// Takes the hook away and puts back what was there before; a hook of somebody else's stays.
  package func uninstall() throws(GitFailure) {
    guard isOurs else { return }
    let isKept = FileSystem.kind(of: Array(keptPath.utf8)) != nil
    // rename(2) replaces the hook in one step.
    let status = isKept ? unsafe rename(keptPath, path) : unsafe unlink(path)
    guard status == 0 else { throw failure("removed") }
  }

  private func failure(_ what: String) -> GitFailure {
    GitFailure("the hook \(path) could not be \(what): \(SystemError.last)")
  }

  /// A script for any POSIX shell.
  private func script(program: String) -> String {
    let quoted = "'" + program.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    let head = """
      #!/bin/sh
      \(Self.mark)
      # Written by "tollgate hook install"; "tollgate hook uninstall" takes it away.
      tollgate=$(command -v tollgate) || tollgate=\(quoted)
      if ! [ -x "$tollgate" ]; then
        echo "tollgate is not installed any more; install it, or remove this hook: $0" >&2
        exit 1
      fi
      before="$0.before-tollgate"

      """
    switch event {
    case .preCommit:
      return head + """
        if [ -x "$before" ]; then "$before" "$@" || exit; fi
        exec "$tollgate" check --staged

        """
    case .prePush:
      return head + """
        input=$(cat)
        if [ -x "$before" ]; then
          if [ -n "$input" ]; then printf '%s\\n' "$input"; fi | "$before" "$@" || exit
        fi
        # Nothing to push.
        [ -n "$input" ] || exit 0
        printf '%s\\n' "$input" | "$tollgate" check --pre-push

        """
    }
  }
}
