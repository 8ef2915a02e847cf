/// The identity of a finding over time (`tollgate/v1`): it stays when lines move, code is re-indented or a file is
/// renamed, and holds no line number, date, path or readable value.
///
/// `digest` is the first 128 bits of HMAC-SHA-256 over rule id and matched text, in hexadecimal. Without a key of
/// one's own the key is public, so a short guessable password can be found by trying; give a key where reports and
/// baselines are read by people who must not learn such values.
public struct Fingerprint: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name of the scheme; the key under `partialFingerprints` in SARIF.
  public static let scheme = "tollgate/v1"

  public var digest: String
  /// Counts equal digests from 1: by path and place in a report.
  public var ordinal: Int

  public init(digest: String, ordinal: Int) {
    self.digest = digest
    self.ordinal = ordinal
  }

  /// Reads what ``description`` writes.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let ordinal = Int(parts[1]), ordinal > 0 else { return nil }
    self.init(digest: String(parts[0]), ordinal: ordinal)
  }

  package init(ruleID: String, matchedText: [UInt8], key: [UInt8]) {
    let message = Array(Self.scheme.utf8) + [0] + Array(ruleID.utf8) + [0] + matchedText
    digest = Digest.hex(Digest.hmac(message, key: key).prefix(16))
    ordinal = 1
  }

  public var description: String { "\(digest):\(ordinal)" }

  public static func < (left: Fingerprint, right: Fingerprint) -> Bool {
    (left.digest, left.ordinal) < (right.digest, right.ordinal)
  }
}
