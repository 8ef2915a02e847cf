public import Findings
internal import Sources

/// What to scan and within which limits.
public struct ScanRequest: Sendable {
  /// Where the bytes come from.
  public enum Source: Sendable {
    /// Files and directories, absolute or relative to the current directory; at least one.
    ///
    /// Inside a git work tree these are the tracked files and those that git does not ignore; elsewhere all files.
    case paths([String])
    /// Files that the caller holds; nothing is read from disk.
    case files([File])
    /// Files whose paths are bytes, absolute or relative to the current directory. One that is not there makes the
    /// report incomplete.
    case listed([SourcePath])
    /// A part of a git repository. With ``directory`` `nil` it is the one around the current directory, and the
    /// variables count by which git tells its hooks where index and objects are.
    case git(GitScope, directory: String?)
  }

  /// Which part of a repository. Where it cannot be seen whole, the report is incomplete and says why.
  public enum GitScope: Sendable {
    /// What a commit of the index would change: blobs of the index, never of the work tree.
    case staged
    /// What a change introduces: `BASE` or `BASE...HEAD` from the merge base on, `BASE..HEAD` from `BASE` itself on.
    /// Findings say whether they are on lines that the change adds, see ``Finding/novelty``.
    case diff(String)
    /// Every blob that the commits of a range brought in; `nil`: of all references but the stash. Findings say which
    /// commit brought them in, see ``Finding/provenance``.
    case history(String?)
    /// The commits of a push, from what git writes to the standard input of a `pre-receive` hook.
    case preReceive([UInt8])
    /// The commits of a push, from what git writes to the standard input of a `pre-push` hook.
    case prePush([UInt8])
    /// All files of a commit.
    case tree(String)
    /// The files that the next commit would touch, as they are before it.
    case beforeStaged
    /// The files that a change touches, as they were before it.
    case beforeDiff(String)
  }

  /// A file in memory.
  public struct File: Sendable {
    public var path: SourcePath
    public var bytes: [UInt8]

    /// - Parameter path: the name for reports, relative, with `/` between its components.
    public init(path: String, bytes: [UInt8]) {
      self.path = SourcePath(path)
      self.bytes = bytes
    }
  }

  public var source: Source
  /// Patterns of paths to leave out: `*` and `?` within a component, `**` over components, `[a-z]` a set; without `/`
  /// a pattern is held against every component.
  public var excludes: [String]
  /// Larger files are skipped and reported; in bytes, at most 2 GiB.
  public var maxFileBytes: Int
  /// How many archives may lie in each other for the files in them to be scanned, at most ``maxArchiveDepth``; 0: none is
  /// looked into. What lies deeper, is encrypted or damaged, or expands beyond measure, is reported.
  public var archiveDepth = 3
  /// How many files are looked at at the same time; `nil`: as many as the machine has processors.
  public var workers: Int?
  /// Whether comments of other tools (`gitleaks:allow`, `hadolint ignore=…`) suppress findings.
  public var honoursForeignSuppressions = true
  /// The time by which a credential that says when it ends is taken for expired, and so for a note. `nil`: none is,
  /// whatever it says.
  public var asOf: Timestamp?

  public init(
    _ source: Source, excludes: [String] = [], maxFileBytes: Int = 10 << 20, workers: Int? = nil,
    asOf: Timestamp? = nil
  ) {
    self.source = source
    self.excludes = excludes
    self.maxFileBytes = maxFileBytes
    self.workers = workers
    self.asOf = asOf
  }

  /// The most that ``archiveDepth`` can be.
  public static let maxArchiveDepth = 10

  /// The directory that the paths of the report are relative to, as far as it can be written as text; `nil` for files
  /// in memory and for paths that do not exist.
  public var root: String? {
    let tree: FileTree?
    switch source {
    case .paths(let paths): tree = try? FileTree(paths)
    case .listed(let paths): tree = try? FileTree(listed: paths.map(\.bytes))
    // What a history holds need not be in the work tree.
    case .git(.staged, let directory), .git(.diff, let directory): tree = try? FileTree([directory ?? "."])
    case .git, .files: tree = nil
    }
    return tree.map { String(decoding: $0.root, as: UTF8.self) }
  }

  /// A request for one directory or file.
  public static func directory(_ path: String) -> ScanRequest { ScanRequest(.paths([path])) }
}

/// A request that cannot be carried out because of a mistake in it.
public struct ScanRequestError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
}

/// What ``PolicyScanner/scan(_:progress:)`` returns.
public typealias ScanReport = Report
