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
  /// How many files are looked at at the same time; `nil`: as many as the machine has processors.
  public var workers: Int?

  public init(_ source: Source, excludes: [String] = [], maxFileBytes: Int = 10 << 20, workers: Int? = nil) {
    self.source = source
    self.excludes = excludes
    self.maxFileBytes = maxFileBytes
    self.workers = workers
  }

  /// The directory that the paths of the report are relative to, as far as it can be written as text; `nil` for files
  /// in memory and for paths that do not exist.
  public var root: String? {
    guard case .paths(let paths) = source, let tree = try? FileTree(paths) else { return nil }
    return String(decoding: tree.root, as: UTF8.self)
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
