public import Findings
public import Gating
internal import Glibc

/// A baseline file in a directory.
public struct BaselineStore: Sendable {
  /// Where the file is, as people name it.
  public let path: String
  /// What it holds; `nil` when there is none.
  public let baseline: Baseline?
  private let key: [UInt8]
  private let reach: ScanReach

  /// The file of a gate: the one that is named, or the one of the policy, or `.tollgate/baseline` at the root.
  public init(_ gate: ScanGate, file: String?, key: [UInt8]) throws(PolicyError) {
    self.key = PolicyScanner.fingerprintKey(key)
    reach = gate.reach()
    if let file {
      path = file
    } else {
      let name = gate.policy.baselineSettings?.path ?? GateFiles.baselinePath
      guard case .directory(let root) = gate.files.origin else {
        throw PolicyError(file: name, "a baseline is written for the files of a directory")
      }
      path = root == "." ? name : "\(root)/\(name)"
    }
    if let bytes = try GateFiles.contents(ofFile: path, shown: path) {
      baseline = try ScanGate.baseline(bytes, file: path, key: self.key)
    } else {
      baseline = nil
    }
  }

  private func existing() throws(PolicyError) -> Baseline {
    guard let baseline else {
      throw PolicyError(file: path, "there is no baseline; tollgate baseline create writes one")
    }
    return baseline
  }

  public func created(from report: Report, on day: Day) -> Baseline { Baseline(report, since: day, key: key) }

  public func updated(with report: Report, on day: Day) throws(PolicyError) -> Baseline {
    try existing().updated(with: report, reach: reach, on: day, key: key)
  }

  public func pruned(with report: Report) throws(PolicyError) -> Baseline {
    try existing().pruned(with: report, reach: reach, key: key)
  }

  public func difference(to report: Report) throws(PolicyError) -> Baseline.Difference {
    try existing().difference(to: report, reach: reach, key: key)
  }

  /// Writes the file, and the directory that it stands in.
  public func write(_ baseline: Baseline) throws(PolicyError) { try FileReplacement.write(baseline.bytes, to: path) }
}

/// Replaces files as a whole: who is stopped half way leaves the old one.
enum FileReplacement {
  static func write(_ bytes: [UInt8], to path: String) throws(PolicyError) {
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      _ = unsafe mkdir(String(path[..<slash]), 0o755)
    }
    let temporary = path + ".new"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw PolicyError(file: path, "cannot be written: \(lastError)") }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        // The buffer is valid during the call and `count` is its size.
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0 && errno != EINTR {
        close(descriptor)
        throw PolicyError(file: path, "cannot be written: \(lastError)")
      }
      rest = rest.dropFirst(max(0, count))
    }
    guard close(descriptor) == 0, unsafe rename(temporary, path) == 0 else {
      throw PolicyError(file: path, "cannot be written: \(lastError)")
    }
  }

  private static var lastError: String { unsafe String(cString: strerror(errno)) }
}
