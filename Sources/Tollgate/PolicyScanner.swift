public import Findings
internal import FoundationEssentials
public import RulePacks
public import Scanning
internal import Sources

/// Scans files with rule packs. Build it once; it is immutable and may be used from many tasks at once.
///
/// ```swift
/// let scanner = try PolicyScanner()
/// let report = try await scanner.scan(.directory("."))
/// let verdict = Gate(failOn: .high).decide(report)
/// ```
public struct PolicyScanner: Sendable {
  /// The version of the library.
  public static let version = "0.1.0"

  /// Which rules a scanner has.
  public struct Configuration: Sendable {
    /// Whether the packs that come with the library are used.
    public var usesBuiltInRules: Bool
    /// Pack files, and directories in which every `.yaml` and `.yml` file is a pack.
    public var rulePaths: [String]
    /// The key of the fingerprints; see ``Fingerprint``. Empty: the public one.
    public var fingerprintKey: [UInt8]

    public init(usesBuiltInRules: Bool = true, rulePaths: [String] = [], fingerprintKey: [UInt8] = []) {
      self.usesBuiltInRules = usesBuiltInRules
      self.rulePaths = rulePaths
      self.fingerprintKey = fingerprintKey
    }
  }

  let library: RuleLibrary
  let engine: Engine
  let fingerprintKey: [UInt8]

  /// Loads and checks the packs.
  ///
  /// - Throws: everything that is wrong with them, with places.
  /// - Complexity: some milliseconds for the built-in packs; patterns are compiled when a file first needs them.
  public init(_ configuration: Configuration = Configuration()) throws(RulePackError) {
    library = try RuleLibrary(PackLoader.packs(for: configuration))
    engine = Engine(library: library, tool: "tollgate", version: Self.version)
    fingerprintKey = Self.fingerprintKey(configuration.fingerprintKey)
  }

  /// A key, or the public one where there is none.
  static func fingerprintKey(_ key: [UInt8]) -> [UInt8] { key.isEmpty ? Array("tollgate/v1 public key".utf8) : key }

  /// Reads the built-in packs now, so that the first scanner need not: for programs that have something else to do at
  /// their start. What is wrong with the packs is told by `init`.
  public static func preload() {
    _ = RuleLibrary.builtInPacks
  }

  /// The metadata of all rules, by pack.
  public var rules: [Rule] { library.rules.map(\.metadata) }

  /// Scans and returns what was found, when all is done.
  ///
  /// Cancelling the task ends the scan soon; the report then says that it is incomplete.
  /// - Parameter progress: is told how far the scan is.
  /// - Throws: when a path does not exist or a pattern cannot be read. What goes wrong with single files is in the
  ///   report.
  public func scan(_ request: ScanRequest, progress: ScanProgress? = nil) async throws(ScanRequestError) -> ScanReport {
    await engine.scan(try source(of: request), options: try options(of: request), progress: progress)
  }

  /// Scans and tells of each finding as it is made; the last event holds the whole report.
  ///
  /// Events that nobody has taken yet are kept. The scan is cancelled when nobody listens any more.
  public func events(for request: ScanRequest) throws(ScanRequestError) -> ScanEvents {
    let (source, options, engine) = (try source(of: request), try options(of: request), engine)
    return ScanEvents { onEvent in
      _ = await engine.scan(source, options: options, onEvent: onEvent)
    }
  }

  func source(of request: ScanRequest) throws(ScanRequestError) -> ContentSource {
    switch request.source {
    case .files(let files):
      return .memory(MemoryFiles(files.map { ($0.path, $0.bytes) }, excludes: try globs(request.excludes)))
    case .git(let scope, let directory):
      return .git(GitSource(scope.ofSource, path: directory, excludes: try globs(request.excludes)))
    case .listed(let paths):
      let globs = try globs(request.excludes)
      do throws(FileTree.Failure) {
        return .tree(try FileTree(listed: paths.map(\.bytes), excludes: globs))
      } catch {
        throw ScanRequestError(description: error.description)
      }
    case .paths(let paths):
      let globs = try globs(request.excludes)
      do throws(FileTree.Failure) {
        return .tree(try FileTree(paths, excludes: globs))
      } catch {
        throw ScanRequestError(description: error.description)
      }
    }
  }

  func globs(_ texts: [String]) throws(ScanRequestError) -> [PathGlob] {
    var globs: [PathGlob] = []
    for text in texts {
      guard let glob = PathGlob(text) else {
        throw ScanRequestError(
          description: "\"\(text)\" is no pattern of paths: it is empty or a bracket is not closed")
      }
      globs.append(glob)
    }
    return globs
  }

  func options(of request: ScanRequest) throws(ScanRequestError) -> Engine.Options {
    var archives = ArchiveOptions()
    archives.depth = min(max(0, request.archiveDepth), ScanRequest.maxArchiveDepth)
    archives.maxEntryBytes = request.maxFileBytes
    archives.excludes = try globs(request.excludes)
    var options = Engine.Options(
      maxFileBytes: min(max(0, request.maxFileBytes), 2 << 30),
      workers: request.workers ?? ProcessInfo.processInfo.activeProcessorCount, fingerprintKey: fingerprintKey,
      archives: archives, asOf: request.asOf)
    options.honoursForeignSuppressions = request.honoursForeignSuppressions
    return options
  }
}
