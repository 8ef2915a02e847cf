internal import Documents
internal import Expressions
internal import Findings
internal import Matching
internal import RulePacks
internal import Scanning
internal import Views

/// Puts into words what a scan tells of one file.
struct ExplanationBuilder {
  /// The most attempts and elements that are told.
  private static let maxEntries = 5_000

  private(set) var explanation: Explanation
  private let trace: FileTrace
  private let text: [UInt8]
  private let lines: LineIndex
  /// The bytes that were asked about; `nil`: all.
  private let wanted: Range<Int>?
  private let gaveWay: [MatchKey: FileTrace.Merge]
  private var reported: Set<MatchKey> = []

  private struct MatchKey: Hashable {
    var rule: Int
    var secret: Range<Int>
  }

  init(_ trace: FileTrace, path: SourcePath, request: ExplainRequest, library: RuleLibrary) {
    self.trace = trace
    text = trace.text
    let bytes = text
    lines = LineIndex(bytes.span)
    wanted = Self.wanted(request, bytes, lines)
    gaveWay = Dictionary(
      trace.merges.map { (MatchKey(rule: $0.rule, secret: $0.secret), $0) }, uniquingKeysWith: { first, _ in first })
    explanation = Explanation(
      path: path, lines: request.line.map { $0...$0 }, isScanned: trace.isScanned,
      classification: trace.classification,
      kind: trace.documentRules.file?.kind.rawValue)
    if let line = request.line, line > lines.lineCount {
      explanation.notes.append("the file has \(lines.lineCount) lines")
    }
    if trace.isConverted { explanation.notes.append("lines and columns count the text that the file holds") }
    addAttempts()
    addElements(library)
    addComments()
  }

  private static func wanted(_ request: ExplainRequest, _ bytes: [UInt8], _ lines: LineIndex) -> Range<Int>? {
    guard let line = request.line else { return nil }
    guard line <= lines.lineCount else { return bytes.count..<bytes.count }
    let range = lines.range(ofLine: line, in: bytes.span)
    guard let column = request.column else { return range }
    // The character at the column, found by walking: people ask about one line.
    var units = 0
    var offset = range.lowerBound
    for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
      let width = scalar.utf8.count
      if units + scalar.utf16.count >= column { return offset..<min(bytes.count, offset + width) }
      units += scalar.utf16.count
      offset += width
    }
    return max(range.lowerBound, range.upperBound - 1)..<range.upperBound
  }

  private func isWanted(_ range: Range<Int>) -> Bool {
    guard let wanted else { return true }
    return range.overlaps(wanted) || (range.isEmpty && wanted.contains(range.lowerBound))
  }

  private func position(_ offset: Int) -> Position {
    let bytes = text
    return lines.position(of: offset, in: bytes.span)
  }

  // MARK: Text

  private mutating func addAttempts() {
    var unmatched = 0
    var told: Set<MatchKey> = []
    var attempts: [(anchor: Int, attempt: Explanation.TextAttempt)] = []
    for attempt in trace.textRules.attempts {
      if wanted == nil, !attempt.isMatch {
        // Of a whole file people want to see what came near to a finding.
        unmatched += 1
        continue
      }
      let rule = trace.rules[attempt.rule]
      let keyword = rule.keyword(at: attempt.anchor, in: attempt.source?.text ?? text) ?? ""
      let place = place(of: attempt, keyword: keyword)
      guard isWanted(place) else { continue }
      // Two keywords of a rule may begin at one place.
      let key = MatchKey(rule: attempt.rule, secret: place.lowerBound..<place.lowerBound + attempt.anchor)
      guard told.insert(key).inserted else { continue }
      attempts.append((place.lowerBound, words(for: attempt, rule, keyword: keyword)))
    }
    attempts.sort { ($0.anchor, $0.attempt.rule) < ($1.anchor, $1.attempt.rule) }
    explanation.attempts = attempts.prefix(Self.maxEntries).map(\.attempt)
    if attempts.count > Self.maxEntries {
      explanation.notes.append("\(attempts.count) matches; the first \(Self.maxEntries) are shown")
    }
    if unmatched > 0 {
      explanation.notes.append("\(unmatched) keywords led to no match; name a line to see those that stand in it")
    }
  }

  /// The bytes of the file that an attempt is about: the keyword and what matched around it, or what was decoded.
  private func place(of attempt: TextTrace.Attempt, keyword: String) -> Range<Int> {
    if let source = attempt.source { return source.place }
    let end = attempt.anchor + keyword.utf8.count
    guard case .matched(let evaluation) = attempt.outcome else { return attempt.anchor..<end }
    return min(attempt.anchor, evaluation.range.lowerBound)..<max(end, evaluation.range.upperBound)
  }

  private mutating func words(
    for attempt: TextTrace.Attempt, _ rule: TextRule, keyword: String
  ) -> Explanation.TextAttempt {
    // Within what a decoder yields there are no lines of the file.
    func position(_ offset: Int) -> Position { self.position(attempt.source?.place.lowerBound ?? offset) }
    var told = Explanation.TextAttempt(
      rule: rule.metadata.id, keyword: keyword, position: position(attempt.anchor),
      decoders: attempt.source?.decoders ?? [],
      steps: [], outcome: .silent("the pattern does not match around the keyword"))
    switch attempt.outcome {
    case .withinLastMatch: told.outcome = .silent("the keyword stands within a match that is told above")
    case .silent(let starts):
      let start = position(max(0, starts.lowerBound))
      told.steps = [
        .init(source: "pattern", value: "no match that starts between \(start.line):\(start.column) and here")
      ]
    case .gaveUp: told.outcome = .silent("the pattern gave up at its limit: the scan is incomplete")
    case .matched(let evaluation):
      told.steps = EvaluationText.steps(of: evaluation, position: position)
      told.outcome = outcome(of: evaluation, attempt)
    }
    return told
  }

  private mutating func outcome(
    of evaluation: TextTrace.Evaluation, _ attempt: TextTrace.Attempt
  ) -> Explanation.TextAttempt.Outcome {
    guard evaluation.fires else { return .silent(EvaluationText.reason(of: evaluation)) }
    let secret = attempt.source?.place ?? evaluation.secretRange
    let key = MatchKey(rule: attempt.rule, secret: secret)
    guard let merge = gaveWay[key] else { return .reported }
    // A rule may find one value as it is and decoded, too: then one of its matches is the one that is reported.
    if merge.winner == attempt.rule, merge.winnerSecret == secret, reported.insert(key).inserted { return .reported }
    return .gaveWay(to: trace.rules[merge.winner].metadata.id, isOtherHalf: merge.isOtherHalf)
  }

  // MARK: Views and documents

  private mutating func addElements(_ library: RuleLibrary) {
    guard let file = trace.documentRules.file else { return }
    let builtIn = (try? RuleLibrary.builtInPacks.get()).map { $0.flatMap(\.textRules) } ?? []
    let known = Set(builtIn.map(\.metadata.id))
    let rules = builtIn + library.textRules.filter { !known.contains($0.metadata.id) }
    guard let masks = try? CredentialMask(rules) else { return }
    for view in ViewTable.all where view.kinds.contains(file.kind) {
      for element in view.elements(file) where element.origin.file === file.origin && isWanted(element.origin.place) {
        explanation.views.append(
          Explanation.ViewPlace(view: view.name, position: position(element.origin.place.lowerBound)))
      }
    }
    let builder = OutlineBuilder(file, masks: masks)
    var silent = 0
    for entry in trace.documentRules.entries {
      let places = [entry.trial.origin.place] + (entry.trial.match.map { [$0.place] } ?? [])
      guard places.contains(where: isWanted) else { continue }
      if wanted == nil, entry.trial.match == nil {
        silent += 1
        continue
      }
      guard explanation.elements.count < Self.maxEntries else { break }
      let id = entry.rule.metadata.id
      var words = TrialExplanation(builder, rule: id)
      explanation.elements.append(Explanation.ElementAttempt(rule: id, attempt: words.attempt(entry.trial)))
    }
    if silent > 0 {
      explanation.notes.append("\(silent) times a rule over views or documents was silent; name a line to see why")
    }
    if trace.documentRules.isCut || explanation.elements.count == Self.maxEntries {
      explanation.notes.append("not all that rules over views and documents tried is shown")
    }
  }

  // MARK: Comments

  private mutating func addComments() {
    for step in trace.suppressions {
      var about = [step.line, step.line + 1]
      let effect: String
      switch step.outcome {
      case .suppresses(let rule, let line):
        effect = "suppresses \(rule) in line \(line)"
        about.append(line)
      case .hasNoReason: effect = "suppresses nothing: it gives no reason"
      case .unused: effect = "suppresses nothing: no finding of a rule that it names is there"
      case .forbidden: effect = "would suppress, but comments of other tools are not honoured here"
      }
      if let wanted = explanation.lines, !about.contains(where: wanted.contains) { continue }
      explanation.comments.append(Explanation.Comment(line: step.line, tool: step.tool, effect: effect))
    }
  }
}
