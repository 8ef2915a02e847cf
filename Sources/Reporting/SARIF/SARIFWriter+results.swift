internal import Findings

extension SARIFWriter {
  func result(_ finding: Finding, form: ResultForm, in result: inout JSONWriter) {
    result.member("ruleId", finding.ruleID)
    if let index = view.ruleIndex(of: finding) { result.member("ruleIndex", index) }
    result.member("level", finding.severity.sarifLevel)
    // GitLab takes the severity from the rank before all else.
    result.member("rank", finding.severity.sarifRank)
    result.object("message") { $0.member("text", text(of: finding)) }
    // A result need not be about a file, but services show none without.
    if finding.hasFile || profile != .generic {
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
    if form.writesBaselineState {
      result.member("baselineState", finding.sarifBaselineState)
    }
    if form.writesSuppressions {
      result.array("suppressions") { array in
        if let suppression = finding.suppression { array.object { write(suppression, in: &$0) } }
      }
    }
    if !finding.fixes.isEmpty {
      result.array("fixes") { array in
        for fix in finding.fixes { array.object { write(fix, in: &$0) } }
      }
    }
    result.object("properties") { properties in
      properties.object("tollgate") { own in
        own.member("severity", finding.severity.rawValue)
        own.member("confidence", finding.confidence.rawValue)
        own.member("level", finding.level.rawValue)
        own.member("proof", ifPresent: finding.proof?.rawValue)
        own.array("alsoMatched", ifPresent: finding.alsoMatched)
        own.array("encodings", ifPresent: finding.encodings.map(\.rawValue))
        own.member("novelty", ifPresent: finding.novelty?.rawValue)
        own.member("state", ifPresent: finding.state?.rawValue)
        if let provenance = finding.provenance { own.object("provenance") { $0.members(of: provenance) } }
      }
    }
  }

  private func text(of finding: Finding) -> String {
    Self.sentence(SARIFLimit.cut(view.message(of: finding), to: SARIFLimit.message - 1))
  }

  /// A message ends like a sentence (rule SARIF2001 of the SARIF Multitool).
  static func sentence(_ text: String) -> String {
    guard let last = text.last, !".!?:…。".contains(last) else { return text }
    return text + "."
  }

  private func write(_ suppression: Suppression, in object: inout JSONWriter) {
    object.member("kind", suppression.kind.rawValue)
    object.member("status", "accepted")
    object.member("justification", ifPresent: SARIFLimit.cut(suppression.reason, to: SARIFLimit.message))
    if suppression.tool != nil || suppression.exceptionID != nil {
      object.object("properties") { properties in
        properties.object("tollgate") { own in
          own.member("tool", ifPresent: suppression.tool)
          own.member("exception", ifPresent: suppression.exceptionID)
        }
      }
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

  /// Edits by file, each file once (SARIF 2.1.0, 3.55).
  private func write(_ fix: Fix, in object: inout JSONWriter) {
    if !fix.description.isEmpty {
      object.object("description") { $0.member("text", SARIFLimit.cut(fix.description, to: SARIFLimit.message)) }
    }
    var paths: [SourcePath] = []
    for edit in fix.edits where !paths.contains(edit.location.path) { paths.append(edit.location.path) }
    object.array("artifactChanges") { changes in
      for path in paths {
        changes.object { change in
          change.object("artifactLocation") { artifact(path, in: &$0) }
          change.array("replacements") { replacements in
            for edit in fix.edits where edit.location.path == path {
              replacements.object { write(edit, in: &$0) }
            }
          }
        }
      }
    }
  }

  private func write(_ edit: Fix.Edit, in replacement: inout JSONWriter) {
    replacement.object("deletedRegion") { object in
      write(edit.location.region, in: &object)
      if let bytes = edit.location.region.byteRange {
        object.member("byteOffset", bytes.lowerBound)
        object.member("byteLength", bytes.count)
      }
    }
    if !edit.replacement.isEmpty {
      replacement.object("insertedContent") { $0.member("text", edit.replacement) }
    }
  }

  private func write(_ region: Region, in object: inout JSONWriter) {
    object.member("startLine", region.start.line)
    object.member("startColumn", region.start.column)
    object.member("endLine", region.end.line)
    object.member("endColumn", region.end.column)
  }

  private func artifact(_ path: SourcePath, in artifact: inout JSONWriter) {
    artifact.member("uri", path.bytes.isEmpty ? Self.noFile : path.uri)
    artifact.member("uriBaseId", Self.rootID)
  }

  // MARK: Notifications

  func invocation(notes: [Notification], in invocation: inout JSONWriter) {
    invocation.member("executionSuccessful", report.isComplete)
    let notifications = report.notifications + notes
    if notifications.isEmpty { return }
    invocation.array("toolExecutionNotifications") { array in
      for notification in notifications { array.object { write(notification, in: &$0) } }
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

extension Finding {
  /// What a gate found out, else what a scan of a change did.
  fileprivate var sarifBaselineState: String {
    state?.sarifBaselineState ?? (novelty == .existing ? "unchanged" : "new")
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
