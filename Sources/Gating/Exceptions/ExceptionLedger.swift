internal import Findings

/// The exceptions of a policy on one day, and what they did.
struct ExceptionLedger {
  private let exceptions: [PolicyException]
  private let settings: ExceptionSettings
  private let asOf: Day
  private let key: [UInt8]
  // Two hundred exceptions are not held against each of many thousand findings: those that name fingerprints or rules are
  // found by them.
  private var byDigest: [String: [Int]] = [:]
  private var byRule: [String: [Int]] = [:]
  private var others: [Int] = []
  private var uses: [Int]
  /// How many findings they would have let pass, had another one not done so.
  private var shadowed: [Int]
  /// Why an exception did not hold for a finding that it is about.
  private var faults: [Fault?]

  private struct Fault {
    var why: String
    var isTime: Bool
  }

  init(_ policy: Policy, asOf: Day, key: [UInt8]) {
    exceptions = policy.allExceptions
    settings = policy.exceptionSettings
    self.asOf = asOf
    self.key = key
    uses = Array(repeating: 0, count: exceptions.count)
    shadowed = uses
    faults = Array(repeating: nil, count: exceptions.count)
    for (index, exception) in exceptions.enumerated() {
      let match = exception.match
      if let fingerprints = match.fingerprints {
        for digest in Set(fingerprints.map { String($0.prefix { $0 != ":" }) }) {
          byDigest[digest, default: []].append(index)
        }
      } else if !match.ruleIDs.isEmpty, match.ruleIDs.allSatisfy(\.isLiteral) {
        for rule in Set(match.ruleIDs.map(\.text)) { byRule[rule, default: []].append(index) }
      } else {
        others.append(index)
      }
    }
  }

  var unusedEffect: Effect { settings.unused ?? .warn }

  /// The suppression by the first exception that accepts a finding; `nil` when none does.
  ///
  /// - Parameter allows: whether the rule that decided lets exceptions count.
  mutating func accept(_ facts: FindingFacts, allows: Bool, _ because: inout [Reason]) -> Suppression? {
    var candidates = others
    candidates += byDigest[facts.finding.fingerprint.digest] ?? []
    candidates += byRule[facts.finding.ruleID] ?? []
    if candidates.isEmpty { return nil }
    var accepted: Suppression?
    for index in candidates.sorted() where exceptions[index].match.holds(for: facts) {
      let exception = exceptions[index]
      if let fault = fault(of: exception, facts, allows: allows) {
        faults[index] = fault
        because.append(.exceptionVoid(id: exception.id, why: fault.why))
      } else if accepted != nil {
        shadowed[index] += 1
      } else {
        uses[index] += 1
        let until = end(of: exception, facts.severity)
        because.append(.exception(id: exception.id, owner: exception.owner, reason: exception.reason, until: until))
        accepted = Suppression(
          kind: .external,
          reason: "\(exception.reason) (exception \(exception.id) of \(exception.owner) until \(until))",
          exceptionID: exception.id)
      }
    }
    return accepted
  }

  /// The last day of an exception: its own, or the one that the policy allows.
  private func end(of exception: PolicyException, _ severity: Severity) -> Day {
    guard let cap = settings.caps[severity] else { return exception.expires }
    return min(exception.expires, exception.created.adding(cap))
  }

  private func fault(of exception: PolicyException, _ facts: FindingFacts, allows: Bool) -> Fault? {
    if !allows { return Fault(why: "the rule that decides allows no exceptions", isTime: false) }
    if asOf < exception.created { return Fault(why: "it begins on \(exception.created)", isTime: false) }
    if asOf > exception.expires { return Fault(why: "it ended on \(exception.expires)", isTime: true) }
    let end = end(of: exception, facts.severity)
    if asOf > end {
      let cap = settings.caps[facts.severity] ?? 0
      return Fault(
        why: "it ended on \(end): the policy allows \(cap) days for severity \(facts.severity)", isTime: true)
    }
    let evidence = exception.evidence
    if let content = evidence.content, content != Baseline.context(of: facts.finding, key: key) {
      return Fault(why: "the line that it accepts has changed", isTime: false)
    }
    if let severity = evidence.severity, facts.severity > severity {
      return Fault(why: "the severity is \(facts.severity), more than \(severity)", isTime: false)
    }
    if let proof = evidence.proof, proof != facts.proof {
      return Fault(why: "the proof says \(facts.proof.rawValue), no longer \(proof.rawValue)", isTime: false)
    }
    if let version = evidence.version, !Self.names(facts.finding.message, version) {
      return Fault(why: "the finding is no longer about version \(version)", isTime: false)
    }
    return nil
  }

  /// Whether a text holds a version, and not as a part of a longer one.
  private static func names(_ text: String, _ version: String) -> Bool {
    let bytes = Array(text.utf8)
    let wanted = Array(version.utf8)
    func isPart(_ byte: UInt8) -> Bool {
      byte == 0x2E || byte == 0x2D || byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte)
    }
    var start = 0
    while let place = bytes.firstOffset(of: wanted, from: start) {
      let end = place + wanted.count
      let isBefore = place > 0 && isPart(bytes[place - 1]) && bytes[place - 1] != 0x2E
      // A full stop ends a sentence; one between digits does not.
      let isAfter =
        end < bytes.count && isPart(bytes[end])
        && !(bytes[end] == 0x2E && (end + 1 == bytes.count || !isPart(bytes[end + 1])))
      if !isBefore && !isAfter { return true }
      start = place + 1
    }
    return false
  }

  // MARK: What came of them

  /// - Parameter isPartial: whether only a part of the tree was looked at, so that nobody can say that an exception is
  ///   not needed.
  func statuses(isPartial: Bool) -> [ExceptionStatus] {
    var statuses: [ExceptionStatus] = []
    for (index, exception) in exceptions.enumerated() {
      let isUsed = uses[index] > 0
      var status: ExceptionStatus.Status
      if isUsed {
        let days = settings.warnBefore ?? 14
        status = exception.expires.number - asOf.number <= days ? .expiring : .used
      } else if let fault = faults[index] {
        status = fault.isTime ? .expired : .void
      } else if asOf > exception.expires {
        status = .expired
      } else if shadowed[index] > 0 {
        status = .duplicate
      } else if isPartial {
        continue
      } else {
        status = .unused
      }
      statuses.append(
        ExceptionStatus(
          id: exception.id, status: status, owner: exception.owner, reason: exception.reason, until: exception.expires,
          file: exception.file, line: exception.position.line, uses: uses[index],
          detail: isUsed ? "" : faults[index]?.why ?? ""))
    }
    return statuses
  }
}
