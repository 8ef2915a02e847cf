internal import Findings
public import Gating
internal import Reporting
internal import Sources

/// A gate whose files have been read, for one scan: policy and exceptions before it, the baseline after it.
///
/// ```swift
/// let gate = try ScanGate(GateRequest(stage: .main, asOf: today), for: request)
/// let scanner = try PolicyScanner(gate.configuration(from: PolicyScanner.Configuration()))
/// let report = try await scanner.scan(gate.request(from: request))
/// let (verdict, judged) = try await gate.decide(report, scanner: scanner)
/// ```
public struct ScanGate: Sendable {
  let gateRequest: GateRequest
  let scanRequest: ScanRequest
  /// The policy that decides.
  public let policy: Policy
  /// The policy of what is scanned, where another one decides over it.
  let headPolicy: Policy?
  let files: GateFiles
  let headFiles: GateFiles?
  /// The side that the change starts from; `nil` for what is no change.
  let base: GitBase?

  /// Reads the policy.
  ///
  /// - Throws: `PolicyError` when a file is in error or the base cannot be read.
  public init(_ gateRequest: GateRequest, for scanRequest: ScanRequest) throws(PolicyError) {
    self.gateRequest = gateRequest
    self.scanRequest = scanRequest
    let (scope, directory) = Self.scope(of: scanRequest)
    let head = try Self.headFiles(of: scanRequest, scope: scope, directory: directory)
    guard gateRequest.usesPolicyFiles else {
      policy = gateRequest.threshold.map { Policy.builtIn.replacingRules(failOn: $0) } ?? .builtIn
      (headPolicy, base, headFiles) = (nil, nil, nil)
      files = try GateFiles(origin: .none)
      return
    }
    var wantsBase = gateRequest.stage.readsPolicyFromBase
    var base: GitBase?
    if let scope {
      // What a scan cannot see of the change, the report says; here it only decides who is asked.
      base = try? GitBase(of: scope, path: directory)
    }
    if let path = gateRequest.policyPath {
      // Whoever calls has chosen a policy; a change has no hand in it.
      guard let bytes = try GateFiles.contents(ofFile: path, shown: path) else {
        throw PolicyError(file: path, "there is no such file")
      }
      let directory = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
      let near = try GateFiles(origin: .directory(directory.isEmpty ? "/" : directory))
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let own = try near.policy(bytes, file: name, exceptionsFrom: head)
      wantsBase = own.settings(of: gateRequest.stage).policyFrom == .base && base != nil
      if wantsBase, let base {
        files = try GateFiles(origin: .base(base))
        policy = try near.policy(bytes, file: name, exceptionsFrom: files)
      } else {
        (files, policy) = (head, own)
      }
      (headPolicy, headFiles) = (nil, nil)
      self.base = base
      return
    }
    if !wantsBase {
      let own = try head.policy()
      wantsBase = own.settings(of: gateRequest.stage).policyFrom == .base && base != nil
      if !wantsBase {
        (policy, headPolicy, headFiles) = (own, nil, nil)
        files = head
        self.base = base
        return
      }
    }
    guard let base else {
      guard scope != nil else {
        // Stages such as pull-request can be asked for without a change: then there is one side only.
        policy = try head.policy()
        files = head
        (headPolicy, headFiles) = (nil, nil)
        self.base = nil
        return
      }
      // The scan will say that its base is not there, and be incomplete.
      policy = .builtIn
      files = try GateFiles(origin: .none)
      (headPolicy, headFiles) = (nil, nil)
      self.base = nil
      return
    }
    let baseFiles = try GateFiles(origin: .base(base))
    let basePolicy = try baseFiles.policy()
    self.base = base
    if basePolicy.settings(of: gateRequest.stage).policyFrom == .head {
      policy = try head.policy()
      files = head
      (headPolicy, headFiles) = (nil, nil)
    } else {
      policy = basePolicy
      files = baseFiles
      headPolicy = try head.policy()
      headFiles = head
    }
  }

  /// Which part of a repository is scanned, where it is a change.
  private static func scope(of request: ScanRequest) -> (GitSource.Scope?, String?) {
    guard case .git(let scope, let directory) = request.source else { return (nil, nil) }
    switch scope {
    case .staged, .diff, .preReceive, .prePush: return (scope.ofSource, directory)
    case .history, .tree, .beforeStaged, .beforeDiff: return (nil, directory)
    }
  }

  /// The files of what is scanned: of the index or of a commit where that is scanned, else of the directory.
  private static func headFiles(
    of request: ScanRequest, scope: GitSource.Scope?, directory: String?
  ) throws(PolicyError) -> GateFiles {
    switch scope {
    case .staged?, .diff?, .preReceive?:
      if let scope, let base = try? GitBase(of: scope, path: directory) { return try GateFiles(origin: .head(base)) }
      return try GateFiles(origin: .none)
    default: break
    }
    if case .files = request.source { return try GateFiles(origin: .directory(".")) }
    return try GateFiles(origin: request.root.map { .directory($0) } ?? .directory(directory ?? "."))
  }

  // MARK: The scan

  /// The rules that the policy asks for, added to those of the caller.
  public func configuration(from configuration: PolicyScanner.Configuration) -> PolicyScanner.Configuration {
    var configuration = configuration
    let settings = policy.scanSettings
    if settings.usesBuiltInRules == false { configuration.usesBuiltInRules = false }
    let root: String
    if case .directory(let directory) = files.origin { root = directory + "/" } else { root = "" }
    configuration.rulePaths += settings.rulePaths.map { $0.hasPrefix("/") ? $0 : root + $0 }
    return configuration
  }

  /// The request without what the policy leaves out.
  public func request(from request: ScanRequest) -> ScanRequest {
    var request = request
    request.excludes += policy.scanSettings.excludes
    return request
  }

  /// Which part of the tree the scan looks at.
  ///
  /// - Parameter isNeeded: whether it matters which files a change touches; a hook need not wait for git to tell them.
  func reach(forBaseline isNeeded: Bool = true) -> ScanReach {
    if isNeeded, let base, let paths = try? base.changedPaths() { return .files(paths) }
    switch scanRequest.source {
    case .paths(let paths):
      guard let tree = try? FileTree(paths), let directory = tree.onlyDirectory else { return .unknown }
      return directory.bytes.isEmpty ? .whole : .unknown
    case .git(.tree, _): return .whole
    case .files, .listed, .git: return .unknown
    }
  }
}
