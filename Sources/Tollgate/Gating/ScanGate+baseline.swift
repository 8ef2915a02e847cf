internal import Findings
internal import Gating
internal import Reporting
internal import Sources

extension ScanGate {
  /// The known findings, as the request or the policy says.
  func baseline(_ policy: Policy, _ files: GateFiles, scanner: PolicyScanner) async throws -> Baseline? {
    if case .mergeBase(let revision) = gateRequest.baseline {
      return try await baselineOfMergeBase(revision, scanner: scanner)
    }
    if case .policy = gateRequest.baseline, policy.baselineSettings?.source == .mergeBase {
      return try await baselineOfMergeBase(nil, scanner: scanner)
    }
    return try storedBaseline(policy, files, key: scanner.fingerprintKey)
  }

  /// The same where nothing can be scanned.
  func storedBaseline(_ policy: Policy, _ files: GateFiles, key: [UInt8]) throws(PolicyError) -> Baseline? {
    switch gateRequest.baseline {
    case .none: return nil
    case .file(let path):
      guard let bytes = try GateFiles.contents(ofFile: path, shown: path) else {
        throw PolicyError(file: path, "there is no such file")
      }
      return try Self.baseline(bytes, file: path, key: key)
    case .mergeBase:
      throw PolicyError(file: "--baseline", "merge-base needs a scan; give a file, or use tollgate check")
    case .policy: break
    }
    guard let settings = policy.baselineSettings else {
      guard let bytes = try files.contents(of: GateFiles.baselinePath) else { return nil }
      return try Self.baseline(bytes, file: GateFiles.baselinePath, key: key)
    }
    switch settings.source {
    case .none, .mergeBase: return nil
    case .file, .sarif:
      let path = settings.path ?? GateFiles.baselinePath
      guard let bytes = try files.contents(of: path) else {
        throw PolicyError(
          file: path, "the policy names this baseline, and there is none; tollgate baseline create writes one")
      }
      return try Self.baseline(bytes, file: path, key: key)
    }
  }

  /// A baseline of our own form, or an earlier report.
  static func baseline(_ bytes: [UInt8], file: String, key: [UInt8]) throws(PolicyError) -> Baseline {
    guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return try Baseline(bytes, file: file) }
    do throws(ReportError) {
      var baseline = Baseline(try SARIFReader.read(bytes), key: key)
      baseline.input = GateInput(kind: .baseline, name: file, digest: Digest.hex(Digest.sha256(bytes)))
      return baseline
    } catch {
      throw PolicyError(file: file, "is neither a baseline nor SARIF: \(error)")
    }
  }

  /// Scans the side that the change starts from, with the same rules.
  private func baselineOfMergeBase(_ revision: String?, scanner: PolicyScanner) async throws -> Baseline {
    var request = request(from: scanRequest)
    let name: String
    switch scanRequest.source {
    case .git(.staged, let directory):
      request.source = .git(.beforeStaged, directory: directory)
      name = "HEAD"
    case .git(.diff(let range), let directory):
      request.source = .git(.beforeDiff(range), directory: directory)
      name = range
    default:
      let root = scanRequest.root
      let commit: String
      do throws(GitFailure) {
        let other = revision ?? "origin/HEAD"
        commit = try GitBase.mergeBase(of: other, and: "HEAD", path: root)
      } catch {
        throw ScanRequestError(description: "the merge base is not known: \(error); name a branch: merge-base:main")
      }
      request.source = .git(.tree(commit), directory: root)
      name = commit
    }
    let report = try await scanner.scan(request)
    if let reason = report.incompleteReason, report.coverage?.files != 0 {
      throw ScanRequestError(description: "the base of the change could not be scanned whole: \(reason)")
    }
    var baseline = Baseline(report, key: scanner.fingerprintKey)
    // Both sides are looked at by the same rules: none of them is new.
    baseline.knownRules = []
    baseline.input = GateInput(
      kind: .baseline, name: "merge base \(name)", digest: Digest.hex(Digest.sha256(baseline.bytes)))
    return baseline
  }
}
