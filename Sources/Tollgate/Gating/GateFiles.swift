internal import Findings
internal import Gating
internal import Glibc
internal import Sources

/// The files of a gate, read from one side of a change or from a directory.
struct GateFiles {
  /// A file of the gate that is larger is a mistake.
  static let maxBytes = 64 << 20
  /// The names that are looked for at the root.
  static let policyNames = [".tollgate.yml", ".tollgate.yaml"]
  static let exceptionsPath = ".tollgate/exceptions.yml"
  static let baselinePath = ".tollgate/baseline"

  /// Where the files are read from.
  enum Origin {
    /// A directory, without `/` at its end.
    case directory(String)
    case base(GitBase)
    case head(GitBase)
    /// There is no place.
    case none
  }

  let origin: Origin
  /// The files of the gate that git has, where git is asked.
  private let names: Set<String>?

  /// - Throws: when git cannot say which files there are.
  init(origin: Origin) throws(PolicyError) {
    self.origin = origin
    let paths = Self.policyNames + [".tollgate"]
    do throws(GitFailure) {
      switch origin {
      case .base(let base): names = try base.files(at: paths, ofHead: false)
      case .head(let base): names = try base.files(at: paths, ofHead: true)
      case .directory, .none: names = nil
      }
    } catch {
      throw PolicyError(file: Self.policyNames[0], "cannot be looked for: \(error)")
    }
  }

  /// The bytes of a file by its path from the root; `nil` when there is none.
  ///
  /// - Throws: when it is there and cannot be read. That must not pass for "there is none".
  func contents(of path: String) throws(PolicyError) -> [UInt8]? {
    switch origin {
    case .none: return nil
    case .directory(let root):
      return try Self.contents(ofFile: path.hasPrefix("/") ? path : "\(root)/\(path)", shown: path)
    case .base(let base), .head(let base):
      if let names, path.hasPrefix(".tollgate"), !names.contains(path) { return nil }
      do throws(GitFailure) {
        if case .head = origin { return try base.headContents(of: path, limit: Self.maxBytes) }
        return try base.contents(of: path, limit: Self.maxBytes)
      } catch {
        throw PolicyError(file: path, "cannot be read from the base of the change: \(error)")
      }
    }
  }

  /// The bytes of a file that a user named; `nil` when there is none.
  static func contents(ofFile path: String, shown: String) throws(PolicyError) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw PolicyError(file: shown, "cannot be read: \(lastError)")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw PolicyError(file: shown, "cannot be read: \(lastError)")
      }
      bytes += chunk[..<count]
      if bytes.count > maxBytes { throw PolicyError(file: shown, "is larger than \(maxBytes) bytes") }
    }
  }

  private static var lastError: String { unsafe String(cString: strerror(errno)) }

  // MARK: Policies

  /// The policy at the root, or the built-in one, with the exceptions that stand beside it.
  func policy() throws(PolicyError) -> Policy {
    for name in Self.policyNames {
      if let bytes = try contents(of: name) { return try policy(bytes, file: name, exceptionsFrom: self) }
    }
    var policy = Policy.builtIn
    try addExceptions(to: &policy)
    return policy
  }

  /// The policy of a file, with what it extends and names.
  ///
  /// - Parameter other: where exceptions stand beside what is scanned.
  func policy(_ bytes: [UInt8], file: String, exceptionsFrom other: GateFiles) throws(PolicyError) -> Policy {
    var failure: PolicyError?
    var policy = try Policy.read(bytes, file: file, with: Self.reader) { path in
      do throws(PolicyError) {
        if let bytes = try contents(of: path) { return bytes }
        return try other.contents(of: path)
      } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    try other.addExceptions(to: &policy)
    return policy
  }

  static let reader = PolicyReader(functions: PatternFunctions.all, toolVersion: PolicyScanner.version)

  /// Where no policy names files of exceptions, the usual one counts.
  private func addExceptions(to policy: inout Policy) throws(PolicyError) {
    guard policy.exceptionSettings.files.isEmpty, let bytes = try contents(of: Self.exceptionsPath) else { return }
    try policy.add(exceptionFile: bytes, named: Self.exceptionsPath, with: Self.reader)
    try policy.checkExceptionIDs()
  }
}
