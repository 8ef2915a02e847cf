internal import Sources

/// The hooks of a git repository that run tollgate.
public struct GitHooks: Sendable {
  /// What is known of one hook.
  public struct Status: Hashable, Sendable {
    /// `pre-commit` or `pre-push`.
    public var name: String
    public var path: String
    /// Whether it runs tollgate.
    public var isInstalled: Bool
    /// Whether there is a hook that somebody else wrote: in the place, or kept beside ours and called first.
    public var hasOther: Bool
  }

  private let hooks: [GitHook]

  /// - Parameters:
  ///   - names: `pre-commit`, `pre-push`; empty: both.
  ///   - directory: within the repository; `nil`: the current one.
  /// - Throws: when there is no repository, or a name is none of the two.
  public init(_ names: [String] = [], directory: String? = nil) throws(ScanRequestError) {
    var hooks: [GitHook] = []
    for name in names.isEmpty ? GitHook.Event.allCases.map(\.rawValue) : names {
      guard let event = GitHook.Event(rawValue: name) else {
        throw ScanRequestError(description: "\"\(name)\" is no hook of tollgate's: pre-commit, pre-push")
      }
      hooks.append(try Self.mapped { () throws(GitFailure) in try GitHook(event, directory: directory) })
    }
    self.hooks = hooks
  }

  public var status: [Status] {
    hooks.map { hook in
      var status = Status(name: hook.event.rawValue, path: hook.path, isInstalled: false, hasOther: false)
      switch hook.state {
      case .absent: break
      case .foreign: status.hasOther = true
      case .installed(let isChained): (status.isInstalled, status.hasOther) = (true, isChained)
      }
      return status
    }
  }

  /// Writes the hooks. Existing ones are kept and called first.
  ///
  /// - Parameter program: the absolute path of tollgate, for when it is not on the PATH of the program that calls git.
  public func install(program: String) throws(ScanRequestError) {
    for hook in hooks { try Self.mapped { () throws(GitFailure) in try hook.install(program: program) } }
  }

  /// Takes the hooks away and puts back what was there before.
  public func uninstall() throws(ScanRequestError) {
    for hook in hooks { try Self.mapped { () throws(GitFailure) in try hook.uninstall() } }
  }

  private static func mapped<Value>(_ body: () throws(GitFailure) -> Value) throws(ScanRequestError) -> Value {
    do throws(GitFailure) {
      return try body()
    } catch {
      throw ScanRequestError(description: error.description)
    }
  }
}
