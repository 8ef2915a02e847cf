internal import Findings

extension SARIFWriter {
  func result(_ finding: Finding, in result: inout JSONWriter) {
    result.member("ruleId", finding.ruleID)
    if let index = ruleIndex[finding.ruleID] { result.member("ruleIndex", index) }
    result.member("level", finding.severity.sarifLevel)
    // GitLab takes the severity from the rank before all else.
    result.member("rank", finding.severity.sarifRank)
    result.object("message") { $0.member("text", text(of: finding)) }
    // A result of another tool need not be about a file.
    if !finding.location.path.bytes.isEmpty {
      result.array("locations") { array in
        array.object { location in
          location.object("physicalLocation") { physicalLocation(finding, in: &$0) }
        }
      }
    }
    if !finding.relatedLocations.isEmpty {
      result.array("relatedLocations") { array in
        for related in finding.relatedLocations { array.object { write(related, in: &$0) } }
      }
    }
    result.object("partialFingerprints") { fingerprints in
      fingerprints.member("primaryLocationLineHash", ifPresent: finding.lineHash)
      fingerprints.member(Fingerprint.scheme, finding.fingerprint.description)
    }
    if writesStates, let state = finding.state { result.member("baselineState", state.sarifBaselineState) }
    if writesSuppressions {
      result.array("suppressions") { array in
        if let suppression = finding.suppression { array.object { write(suppression, in: &$0) } }
      }
    }
    result.object("properties") { properties in
      properties.object("tollgate") { own in
        own.member("severity", finding.severity.rawValue)
        own.member("confidence", finding.confidence.rawValue)
        own.member("level", finding.level.rawValue)
        own.member("proof", ifPresent: finding.proof?.rawValue)
        own.member("novelty", ifPresent: finding.novelty?.rawValue)
        own.member("state", ifPresent: finding.state?.rawValue)
        if let provenance = finding.provenance { own.object("provenance") { $0.members(of: provenance) } }
      }
    }
  }

  private func text(of finding: Finding) -> String {
    SARIFLimit.cut(finding.message.isEmpty ? finding.ruleID : finding.message, to: SARIFLimit.message)
  }

  private func write(_ suppression: Suppression, in object: inout JSONWriter) {
    object.member("kind", suppression.kind.rawValue)
    object.member("status", "accepted")
    object.member("justification", ifPresent: SARIFLimit.cut(suppression.reason, to: SARIFLimit.message))
    if let exception = suppression.exceptionID {
      object.object("properties") { $0.object("tollgate") { $0.member("exception", exception) } }
    }
  }

  private func physicalLocation(_ finding: Finding, in physical: inout JSONWriter) {
    let region = finding.location.region
    physical.object("artifactLocation") { artifact(finding.location.path, in: &$0) }
    physical.object("region") { object in
      write(region, in: &object)
      if let secret = finding.secret {
        object.object("snippet") { $0.member("text", secret.mask) }
      }
    }
    if let snippet = finding.snippet, !snippet.text.isEmpty {
      physical.object("contextRegion") { object in
        object.member("startLine", region.start.line)
        object.member("endLine", region.end.line)
        object.object("snippet") { $0.member("text", snippet.text) }
      }
    }
  }

  private func write(_ related: RelatedLocation, in object: inout JSONWriter) {
    object.object("physicalLocation") { physical in
      physical.object("artifactLocation") { artifact(related.location.path, in: &$0) }
      physical.object("region") { write(related.location.region, in: &$0) }
    }
    object.object("message") { $0.member("text", SARIFLimit.cut(related.message, to: SARIFLimit.message)) }
  }

  private func write(_ region: Region, in object: inout JSONWriter) {
    object.member("startLine", region.start.line)
    object.member("startColumn", region.start.column)
    object.member("endLine", region.end.line)
    object.member("endColumn", region.end.column)
  }

  private func artifact(_ path: SourcePath, in artifact: inout JSONWriter) {
    artifact.member("uri", path.uri)
    artifact.member("uriBaseId", Self.rootID)
  }

  // MARK: Notifications

  func invocation(in invocation: inout JSONWriter) {
    invocation.member("executionSuccessful", report.isComplete)
    let dropped = report.findings.count - limit.results
    if report.notifications.isEmpty && dropped <= 0 { return }
    invocation.array("toolExecutionNotifications") { array in
      for notification in report.notifications {
        array.object { write(notification, in: &$0) }
      }
      if dropped > 0 {
        let message =
          "\(dropped) of the findings, the least severe, are left out: services take \(limit.results). "
          + "The json format holds all."
        let kind = Notification.Kind(rawValue: "findings-left-out")
        array.object { write(Notification(kind: kind, level: .warning, message: message), in: &$0) }
      }
    }
  }

  private func write(_ notification: Notification, in object: inout JSONWriter) {
    object.object("descriptor") { $0.member("id", notification.kind.rawValue) }
    object.member("level", notification.level.rawValue)
    object.object("message") {
      let text = notification.message.isEmpty ? notification.kind.rawValue : notification.message
      $0.member("text", SARIFLimit.cut(text, to: SARIFLimit.message))
    }
    if let path = notification.path {
      object.array("locations") { array in
        array.object { location in
          location.object("physicalLocation") { physical in
            physical.object("artifactLocation") { artifact(path, in: &$0) }
          }
        }
      }
    }
  }
}

extension FindingState {
  /// The nearest word of SARIF (2.1.0, 3.27.24).
  fileprivate var sarifBaselineState: String {
    switch self {
    case .new, .spread, .ruleNew, .reopened: "new"
    case .existing: "unchanged"
    case .moved: "updated"
    }
  }
}
