internal import Documents
internal import Findings

extension PolicyReader {
  /// A shorter reason is none.
  static let minReasonLength = 10

  func readExceptionSettings(_ top: SettingReader) -> ExceptionSettings {
    var settings = ExceptionSettings()
    let keys = ["files", "caps", "warnBefore", "unused", "list", "overridable"]
    guard let reader = top.mapping("exceptions", keys: keys) else { return settings }
    settings.files = reader.texts("files").map(\.text)
    for (path, position) in reader.texts("files") where path.hasPrefix("/") || path.split(separator: "/").contains("..")
    {
      top.complaints.add("files: \(path) leads out of the repository; name a file below the root", at: position)
    }
    if let caps = reader.mapping("caps", keys: Severity.allCases.map(\.rawValue)) {
      for severity in Severity.allCases { settings.caps[severity] = caps.count(severity.rawValue) }
    }
    settings.warnBefore = reader.count("warnBefore")
    settings.unused = reader.choice("unused", as: Effect.self)
    settings.list = reader.has("list") ? readExceptions(reader, key: "list") : []
    settings.isOverridable = reader.flag("overridable") ?? false
    return settings
  }

  func readExceptions(_ top: SettingReader, key: String) -> [PolicyException] {
    var exceptions: [PolicyException] = []
    for node in top.list(key) {
      guard let exception = exception(node, top.complaints) else { continue }
      if let first = exceptions.first(where: { $0.id == exception.id }) {
        top.complaints.add(
          "exception id \(exception.id) is already used in line \(first.position.line)", at: node.position)
      }
      exceptions.append(exception)
    }
    return exceptions
  }

  private func exception(_ node: Node, _ complaints: PolicyComplaints) -> PolicyException? {
    let keys = [
      "id", "match", "reason", "owner", "approvedBy", "ticket", "justification", "created", "expires", "while",
    ]
    guard let reader = SettingReader(node, of: "an exception", keys: keys, complaints) else { return nil }
    let id = reader.identifier("id")
    let match = match("match", of: reader)
    let reason = reader.text("reason", isRequired: true)
    let owner = reader.text("owner", isRequired: true)
    let created = reader.day("created", isRequired: true)
    let expires = reader.day("expires", isRequired: true)
    let justification = reader.choice("justification", as: PolicyException.Justification.self)
    if reader.has("match"), !match.isNarrow {
      reader.complain(
        "an exception names what it accepts: fingerprints, or rules together with paths", at: "match")
    }
    if let reason, reason.count < Self.minReasonLength {
      reader.complain("reason is shorter than \(Self.minReasonLength) characters: say why it is safe", at: "reason")
    }
    if let created, let expires, expires < created { reader.complain("expires is before created", at: "expires") }
    guard let id, let reason, let owner, let created, let expires else { return nil }
    return PolicyException(
      id: id, match: match, reason: reason, owner: owner, approvedBy: reader.text("approvedBy"),
      ticket: reader.text("ticket"), justification: justification?.rawValue, created: created, expires: expires,
      evidence: evidence(of: reader), file: complaints.file, position: node.position)
  }

  private func evidence(of exception: SettingReader) -> PolicyException.Evidence {
    guard let reader = exception.mapping("while", keys: ["content", "version", "severity", "proof"]) else {
      return PolicyException.Evidence()
    }
    let content = reader.text("content")
    if let content, content.utf8.count != 12 || !content.allSatisfy(\.isHexDigit) {
      reader.complain("content is 12 hexadecimal digits, as tollgate accept writes them", at: "content")
    }
    return PolicyException.Evidence(
      content: content, version: reader.text("version"), severity: reader.choice("severity", as: Severity.self),
      proof: reader.choice("proof", as: FindingMatch.ProofWord.self))
  }
}
