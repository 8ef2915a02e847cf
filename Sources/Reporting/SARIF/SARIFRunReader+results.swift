internal import Findings

extension SARIFRunReader {
  func finding(_ result: SARIFLog.Result, ruleID: String, descriptor: SARIFLog.Descriptor?) -> Finding {
    let own = result.properties?.tollgate
    let physical = result.locations?.first?.physicalLocation
    let region = region(physical?.region)
    let lineHash = result.partialFingerprints?["primaryLocationLineHash"]
    let path = path(of: physical) ?? SourcePath("")
    var finding = Finding(
      ruleID: ruleID,
      severity: severity(of: result, descriptor),
      confidence: own?.confidence.flatMap(Confidence.init)
        ?? Confidence(sarifPrecision: descriptor?.properties?.precision),
      level: own?.level.flatMap(Level.init) ?? .deny,
      message: message(of: result, descriptor) ?? descriptor?.shortDescription?.text ?? ruleID,
      location: Location(path: path, region: region),
      relatedLocations: relatedLocations(of: result),
      snippet: own == nil ? nil : snippet(physical, region),
      proof: own?.proof.flatMap(Proof.init),
      fingerprint: fingerprint(of: result, ruleID: ruleID, path: path, region: region, lineHash: lineHash),
      lineHash: lineHash,
      suppression: suppression(of: result), novelty: own?.novelty.flatMap(Novelty.init),
      provenance: own?.provenance.map {
        Provenance(blob: $0.blob, commit: $0.commit, authorDate: $0.authorDate, isInHead: $0.inHead)
      })
    finding.alsoMatched = own?.alsoMatched ?? []
    finding.encodings = (own?.encodings ?? []).compactMap(Encoding.init)
    if own != nil { finding.fixes = fixes(of: result) }
    return finding
  }

  private func fixes(of result: SARIFLog.Result) -> [Fix] {
    (result.fixes ?? []).compactMap { fix in
      var edits: [Fix.Edit] = []
      for change in fix.artifactChanges ?? [] {
        guard let path = path(of: SARIFLog.PhysicalLocation(artifactLocation: change.artifactLocation)) else {
          return nil
        }
        for replacement in change.replacements ?? [] {
          let location = Location(path: path, region: region(replacement.deletedRegion))
          edits.append(Fix.Edit(location: location, replacement: replacement.insertedContent?.text ?? ""))
        }
      }
      return edits.isEmpty ? nil : Fix(description: fix.description?.text ?? "", edits: edits)
    }
  }

  private func relatedLocations(of result: SARIFLog.Result) -> [RelatedLocation] {
    (result.relatedLocations ?? []).compactMap { related in
      guard let path = path(of: related.physicalLocation) else { return nil }
      let location = Location(path: path, region: region(related.physicalLocation?.region))
      return RelatedLocation(location: location, message: related.message?.text ?? "")
    }
  }

  private func severity(of result: SARIFLog.Result, _ descriptor: SARIFLog.Descriptor?) -> Severity {
    if let own = result.properties?.tollgate?.severity.flatMap(Severity.init) { return own }
    if let score = result.properties?.securitySeverity ?? descriptor?.properties?.securitySeverity {
      return Severity(score: score)
    }
    return Severity(sarifLevel: result.level ?? descriptor?.defaultConfiguration?.level)
  }

  /// The text itself, or the one that the rule keeps under the message's id (SARIF 2.1.0, 3.11.7).
  private func message(of result: SARIFLog.Result, _ descriptor: SARIFLog.Descriptor?) -> String? {
    guard let message = result.message else { return nil }
    if let text = message.text ?? message.markdown, !text.isEmpty { return text }
    guard let id = message.id, var text = descriptor?.messageStrings?[id]?.text else { return nil }
    for (index, argument) in (message.arguments ?? []).enumerated() {
      text = text.split(separator: "{\(index)}", omittingEmptySubsequences: false).joined(separator: argument)
    }
    return text
  }

  /// A result is suppressed when somebody suppressed it and nobody is still to agree (SARIF 2.1.0, 3.27.23).
  private func suppression(of result: SARIFLog.Result) -> Suppression? {
    let all = result.suppressions ?? []
    guard let first = all.first, all.allSatisfy({ $0.status == nil || $0.status == "accepted" }) else { return nil }
    let reason = first.justification.flatMap { $0.isEmpty ? nil : $0 } ?? "suppressed in the report of \(tool)"
    return Suppression(
      kind: first.kind == "inSource" ? .inSource : .external, reason: reason, tool: first.properties?.tool,
      exceptionID: first.properties?.exception)
  }

  private func fingerprint(
    of result: SARIFLog.Result, ruleID: String, path: SourcePath, region: Region, lineHash: String?
  ) -> Fingerprint {
    if let own = result.partialFingerprints?[Fingerprint.scheme].flatMap({ Fingerprint($0) }) { return own }
    // What the tool itself knows the finding by lasts longer than a place.
    let others = (result.fingerprints ?? [:]).merging(result.partialFingerprints ?? [:]) { $1 }
    // Semgrep writes the same words into every result of who is not logged in.
    let known = others.filter { $0.value != "requires login" }.sorted { $0.key < $1.key }.map {
      "\($0.key)=\($0.value)"
    }
    let place =
      lineHash ?? (known.isEmpty ? nil : known.joined(separator: "\0"))
      ?? "\(region.start.line):\(region.start.column)-\(region.end.line):\(region.end.column)"
    let text = [ruleID, path.uri, place].joined(separator: "\0")
    return Fingerprint(digest: Digest.hex(Digest.sha256(Array(text.utf8)).prefix(16)), ordinal: 0)
  }

  // MARK: Places

  func path(of physical: SARIFLog.PhysicalLocation?) -> SourcePath? {
    let artifacts = run.artifacts ?? []
    let location = physical?.artifactLocation
    let indexed = location?.index.flatMap { artifacts.indices.contains($0) ? artifacts[$0].location?.uri : nil }
    guard var uri = location?.uri ?? indexed, !uri.isEmpty else { return nil }
    // What services that need a file are shown instead of none.
    if uri == SARIFWriter.noFile, isOwn { return nil }
    for prefix in ["file://", "./"] where uri.hasPrefix(prefix) { uri.removeFirst(prefix.count) }
    return SourcePath(uri: uri) ?? SourcePath(uri)
  }

  /// Without a line it is the beginning of the file; without an end the end is the start.
  private func region(_ region: SARIFLog.Region?) -> Region {
    let start = Position(line: max(1, region?.startLine ?? 1), column: max(1, region?.startColumn ?? 1))
    let line = max(start.line, region?.endLine ?? start.line)
    let column = max(1, region?.endColumn ?? (line == start.line ? start.column : 1))
    var bytes: Range<Int>?
    if let offset = region?.byteOffset, let length = region?.byteLength, offset >= 0, length >= 0,
      !offset.addingReportingOverflow(length).overflow
    {
      bytes = offset..<(offset + length)
    }
    return Region(start: start, end: max(start, Position(line: line, column: column)), byteRange: bytes)
  }

  /// The line that we wrote, and in it the mark: the mask where there is one, else the columns.
  private func snippet(_ physical: SARIFLog.PhysicalLocation?, _ region: Region) -> Snippet? {
    guard let text = physical?.contextRegion?.snippet?.text else { return nil }
    let characters = Array(text)
    if let mask = physical?.region?.snippet?.text, !mask.isEmpty, let lower = offset(of: Array(mask), in: characters) {
      return Snippet(text: text, mark: lower..<(lower + mask.count))
    }
    let lower = min(region.start.column - 1, characters.count)
    let isOneLine = region.end.line == region.start.line
    let upper = isOneLine ? min(region.end.column - 1, characters.count) : characters.count
    return Snippet(text: text, mark: lower..<max(lower, upper))
  }

  private func offset(of part: [Character], in whole: [Character]) -> Int? {
    guard part.count <= whole.count else { return nil }
    return (0...(whole.count - part.count)).first { whole[$0..<($0 + part.count)].elementsEqual(part) }
  }
}

extension Severity {
  /// What a level of SARIF means where nothing more is said; none is a warning (2.1.0, 3.27.10).
  init(sarifLevel: String?) {
    switch sarifLevel?.lowercased() {
    case "error": self = .high
    case "note": self = .low
    case "none": self = .note
    default: self = .medium
    }
  }
}

extension Confidence {
  /// GitHub's `precision`, from `low` to `very-high`.
  init(sarifPrecision: String?) {
    switch sarifPrecision {
    case "high", "very-high": self = .high
    case "low": self = .low
    default: self = .medium
    }
  }
}
