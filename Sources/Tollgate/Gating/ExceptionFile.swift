internal import Findings
public import Gating

extension ScanGate {
  /// Writes an exception into a file: the one that is named, the first that the policy names, or
  /// `.tollgate/exceptions.yml`.
  ///
  /// - Returns: the file and the id of the exception.
  public func accept(
    _ acceptance: ExceptionWriter.Acceptance, in file: String?, key: [UInt8]
  ) throws(PolicyError) -> (file: String, id: String) {
    let path: String
    if let file {
      path = file
    } else {
      let name = policy.exceptionSettings.files.first ?? GateFiles.exceptionsPath
      guard case .directory(let root) = files.origin else {
        throw PolicyError(file: name, "an exception is written into a file of a directory")
      }
      path = root == "." ? name : "\(root)/\(name)"
    }
    let writer = ExceptionWriter(policy: policy, key: PolicyScanner.fingerprintKey(key))
    let (bytes, id) = try writer.adding(acceptance, to: try GateFiles.contents(ofFile: path, shown: path), file: path)
    try FileReplacement.write(bytes, to: path)
    return (path, id)
  }
}

extension Verdict {
  /// The decisions on findings that a person means by a fingerprint: the whole of it, or so much of its digest that no other
  /// digest begins so, at least six digits.
  public func decisions(named text: String) -> [Decision] {
    if let fingerprint = Fingerprint(text) {
      let exact = decisions.filter { $0.finding.fingerprint == fingerprint }
      if !exact.isEmpty { return exact }
    }
    let parts = text.lowercased().split(separator: ":", omittingEmptySubsequences: false)
    guard let digest = parts.first, digest.count >= 6 else { return [] }
    let ordinal = parts.count > 1 ? Int(parts[1]) : nil
    let found = decisions.filter { decision in
      decision.finding.fingerprint.digest.hasPrefix(digest)
        && (ordinal == nil || decision.finding.fingerprint.ordinal == ordinal)
    }
    return Set(found.map(\.finding.fingerprint.digest)).count > 1 ? [] : found
  }
}
