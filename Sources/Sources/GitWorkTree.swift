internal import Findings
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// A git work tree, asked through git itself: only git knows what is tracked and what is ignored.
struct GitWorkTree {
  /// The directory that holds `.git`, an absolute path.
  let root: [UInt8]

  /// The innermost work tree that `directory` (absolute, without symbolic links) lies in.
  init?(around directory: [UInt8]) {
    var root = directory
    while true {
      if Self.isRoot(root) {
        self.root = root
        return
      }
      guard let slash = root.lastIndex(of: UInt8(ascii: "/")) else { return nil }
      root = Array(root[..<slash])
      if root.isEmpty { return nil }
    }
  }

  /// A directory with a `.git` directory that has a HEAD, or a `.git` file that names one (worktrees, submodules).
  private static func isRoot(_ directory: [UInt8]) -> Bool {
    let git = directory + Array("/.git".utf8)
    switch FileSystem.kind(of: git) {
    case .directory: return FileSystem.kind(of: git + Array("/HEAD".utf8)) != nil
    case .file: return FileSystem.contents(of: git, limit: 8)?.starts(with: "gitdir:".utf8) == true
    default: return false
    }
  }

  /// What git calls the things in its index (https://git-scm.com/docs/index-format, "mode").
  private enum Mode {
    static let symbolicLink = Array("120000".utf8)
    static let submodule = Array("160000".utf8)
  }

  /// Why git could not be asked.
  struct Failure: Error {
    var message: String
    /// Whether there is no git on the machine, so that walking the directory is the only way left.
    var isMissing: Bool
  }

  /// Adds the tracked and the not ignored files below `directory`, a path relative to `scanRoot`, which is absolute.
  func list(_ directory: [UInt8], scanRoot: [UInt8], into listing: inout FileListing) async throws(Failure) {
    let path = directory.isEmpty ? scanRoot : scanRoot + [UInt8(ascii: "/")] + directory
    let prefix = directory.isEmpty ? [] : directory + [UInt8(ascii: "/")]
    async let tracked = Self.git(["ls-files", "-z", "--stage"], in: path)
    async let untracked = Self.git(["ls-files", "-z", "--others", "--exclude-standard"], in: path)
    let results = await (tracked, untracked)
    var nested: [SourcePath] = []
    for entry in try results.0.get().split(separator: 0) {
      // `mode object stage<TAB>path`
      guard let tab = entry.firstIndex(of: UInt8(ascii: "\t")) else { continue }
      let file = SourcePath(bytes: prefix + entry[(tab + 1)...])
      let mode = entry.prefix(6)
      if mode.elementsEqual(Mode.submodule) {
        nested.append(file)
      } else if mode.elementsEqual(Mode.symbolicLink) {
        listing.notifications.append(
          Notification(kind: .symbolicLink, level: .note, message: "symbolic link; not followed", path: file))
      } else if listing.files.last != file {  // A conflict lists a file once for each side.
        listing.files.append(file)
      }
    }
    for entry in try results.1.get().split(separator: 0) {
      // A repository within the repository is listed as a directory.
      if entry.last == UInt8(ascii: "/") {
        nested.append(SourcePath(bytes: prefix + entry.dropLast()))
      } else {
        listing.files.append(SourcePath(bytes: prefix + entry))
      }
    }
    for path in nested { try await listNested(path, scanRoot: scanRoot, into: &listing) }
  }

  private func listNested(
    _ path: SourcePath, scanRoot: [UInt8], into listing: inout FileListing
  ) async throws(Failure) {
    let directory = scanRoot + [UInt8(ascii: "/")] + path.bytes
    guard Self.isRoot(directory), let nested = GitWorkTree(around: directory) else {
      listing.notifications.append(
        Notification(
          kind: .submoduleAbsent, level: .warning,
          message: "submodule without files; run git submodule update --init", path: path))
      return
    }
    try await nested.list(path.bytes, scanRoot: scanRoot, into: &listing)
  }

  /// Whether git ignores the directory, an absolute path, as a whole.
  func ignores(_ directory: [UInt8]) async -> Bool {
    let name = String(decoding: directory, as: UTF8.self)
    return (try? await Self.git(["check-ignore", "--quiet", "--no-index", "--", name], in: root).get()) != nil
  }

  /// Runs git in a directory and gives what it prints.
  private static func git(_ arguments: [String], in directory: [UInt8]) async -> Result<[UInt8], Failure> {
    // Nothing that the repository configures may run: fsmonitor is the one program that listing files starts.
    let safe = ["--no-optional-locks", "-c", "core.fsmonitor=false"]
    do {
      let path = FilePath(platformString: FileSystem.terminated(directory))
      let result = try await run(
        .name("git"), arguments: Arguments(safe + arguments), environment: environment, workingDirectory: path,
        output: .bytes(limit: .max), error: .bytes(limit: 64 << 10))
      guard result.terminationStatus.isSuccess else {
        let words = String(decoding: result.standardError, as: UTF8.self).split(separator: "\n").joined(separator: " ")
        return .failure(Failure(message: words.isEmpty ? "git failed" : words, isMissing: false))
      }
      return .success(result.standardOutput)
    } catch {
      let isMissing = (error as? SubprocessError)?.code == .executableNotFound
      return .failure(
        Failure(
          message: isMissing ? "git is not on the PATH" : "git could not be started: \(error)", isMissing: isMissing))
    }
  }

  /// The environment without what would point git to another repository, as hooks set it; git speaks English.
  private static let environment: Environment = .inherit.updating([
    "GIT_DIR": nil, "GIT_WORK_TREE": nil, "GIT_INDEX_FILE": nil, "GIT_PREFIX": nil, "GIT_OBJECT_DIRECTORY": nil,
    "GIT_COMMON_DIR": nil, "GIT_NAMESPACE": nil, "GIT_LITERAL_PATHSPECS": nil, "LC_ALL": "C", "LANGUAGE": nil,
  ])
}
