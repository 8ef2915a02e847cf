internal import Documents
internal import Expressions
internal import Findings

extension PolicyReader {
  /// Deeper matches are a mistake, and reading them must end.
  private static let maxDepth = 8

  package static let matchKeys = [
    "rules", "aliases", "tags", "packs", "stages", "paths", "severity", "confidence", "level", "phase", "state",
    "proof", "cwe", "fingerprints", "credential", "age", "when", "any", "all", "not",
  ]

  /// The match under a key; every finding where the key is absent.
  func match(_ key: String, of reader: SettingReader, isRequired: Bool = true) -> FindingMatch {
    guard let node = reader[key] else {
      if isRequired {
        reader.complaints.add("there is no \(key); write \(key): {} for every finding", at: reader.position)
      }
      return FindingMatch()
    }
    return match(node, reader.complaints, depth: 0)
  }

  private func match(_ node: Node, _ complaints: PolicyComplaints, depth: Int) -> FindingMatch {
    var match = FindingMatch()
    guard depth < Self.maxDepth else {
      complaints.add("matches within matches are at most \(Self.maxDepth) deep", at: node.position)
      return match
    }
    guard let reader = SettingReader(node, of: "match", keys: Self.matchKeys, complaints) else { return match }
    match.ruleIDs = wildcards("rules", of: reader)
    match.aliases = wildcards("aliases", of: reader)
    match.tags = wildcards("tags", of: reader)
    match.packs = wildcards("packs", of: reader)
    match.stages = wildcards("stages", of: reader)
    match.paths = paths("paths", of: reader)
    match.severities = grades("severity", of: reader, as: Severity.self)
    match.confidences = grades("confidence", of: reader, as: Confidence.self)
    match.levels = grades("level", of: reader, as: Level.self)
    match.phases = reader.choices("phase", as: Phase.self)
    match.states = reader.choices("state", as: FindingState.self)
    match.proofs = reader.choices("proof", as: FindingMatch.ProofWord.self)
    match.weaknesses = weaknesses(of: reader)
    match.fingerprints = fingerprints(of: reader)
    match.isCredential = reader.flag("credential")
    match.ages = ages(of: reader)
    match.condition = program("when", of: reader)
    match.any = reader.list("any").map { self.match($0, complaints, depth: depth + 1) }
    match.all = reader.list("all").map { self.match($0, complaints, depth: depth + 1) }
    if let not = reader["not"] { match.none = [self.match(not, complaints, depth: depth + 1)] }
    return match
  }

  // MARK: Patterns

  func wildcards(_ key: String, of reader: SettingReader) -> [Wildcard] {
    reader.texts(key).compactMap { text, position in
      guard let wildcard = Wildcard(text) else {
        reader.complaints.add("\(key): \"\(text)\" has a bracket that is not closed", at: position)
        return nil
      }
      return wildcard
    }
  }

  func paths(_ key: String, of reader: SettingReader) -> [PathGlob] {
    reader.texts(key).compactMap { text, position in
      guard let glob = PathGlob(text) else {
        reader.complaints.add(
          "\(key): \"\(text)\" is no pattern of paths: it is empty or a bracket is not closed", at: position)
        return nil
      }
      return glob
    }
  }

  // MARK: Words

  /// Words of a scale: one, several, or all from one on: `high`, `[low, note]`, `">= high"`.
  private func grades<Grade: RawRepresentable & CaseIterable & Hashable & Comparable>(
    _ key: String, of reader: SettingReader, as type: Grade.Type
  ) -> Set<Grade>? where Grade.RawValue == String {
    guard reader.has(key) else { return nil }
    var grades: Set<Grade> = []
    var isUnderstood = true
    for (text, position) in reader.texts(key) {
      let sign = text.prefix { "<>=".contains($0) }
      let word = String(text.dropFirst(sign.count).drop { $0 == " " })
      guard let grade = reader.choice(word, as: type, key: key, at: position) else {
        isUnderstood = false
        continue
      }
      switch sign {
      case "", "=": grades.insert(grade)
      case ">=": grades.formUnion(Grade.allCases.filter { $0 >= grade })
      case ">": grades.formUnion(Grade.allCases.filter { $0 > grade })
      case "<=": grades.formUnion(Grade.allCases.filter { $0 <= grade })
      case "<": grades.formUnion(Grade.allCases.filter { $0 < grade })
      default:
        isUnderstood = false
        reader.complaints.add("\(key): the signs are >=, >, <= and <", at: position)
      }
    }
    if grades.isEmpty && isUnderstood { reader.complain("\(key) matches nothing", at: key) }
    return grades
  }

  private func weaknesses(of reader: SettingReader) -> Set<Int>? {
    guard reader.has("cwe") else { return nil }
    return Set(
      reader.texts("cwe").compactMap { text, position in
        let digits = text.lowercased().hasPrefix("cwe-") ? text.dropFirst(4) : text[...]
        guard let number = Int(digits), number > 0 else {
          reader.complaints.add("cwe is the number of a weakness, such as 798", at: position)
          return nil
        }
        return number
      })
  }

  private func fingerprints(of reader: SettingReader) -> Set<String>? {
    guard reader.has("fingerprints") else { return nil }
    return Set(
      reader.texts("fingerprints").compactMap { text, position in
        let digest = text.prefix { $0 != ":" }
        let isDigest = digest.utf8.count >= 16 && digest.allSatisfy(\.isHexDigit)
        guard isDigest, digest.count == text.count || Fingerprint(text) != nil else {
          reader.complaints.add("fingerprints are written as reports show them, such as 0123…cdef:1", at: position)
          return nil
        }
        return text
      })
  }

  private func ages(of reader: SettingReader) -> ClosedRange<Int>? {
    guard let age = reader.mapping("age", keys: ["atLeast", "atMost"]) else { return nil }
    let low = age.count("atLeast") ?? 0
    let high = age.count("atMost") ?? Int.max
    guard low <= high else {
      reader.complain("age: atLeast is more than atMost", at: "age")
      return nil
    }
    return low...high
  }

  func program(_ key: String, of reader: SettingReader) -> Program? {
    guard let text = reader.text(key) else { return nil }
    do throws(ExpressionError) {
      return try Program(parsing: text, in: environment)
    } catch {
      let place = error.position.map { " (line \($0.line), column \($0.column) of the expression)" } ?? ""
      reader.complain("\(key): \(error.message)\(place)", at: key)
      return nil
    }
  }
}
