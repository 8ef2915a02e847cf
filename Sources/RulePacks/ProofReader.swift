internal import Documents
internal import Findings
internal import Matching

/// Reads the key `proof` of a rule: the name of a built-in proof, one check, or a list of checks.
struct ProofReader {
  /// What a check tests, and the keys that belong to that. Each check has one of them.
  static let tests: [(name: String, keys: [String])] = [
    (
      "checksum", ["covers", "check", "encoding", "alphabet", "order", "width", "padding", "seeds", "xor", "key"]
    ),
    ("length", []), ("bits", []), ("text", ["at"]), ("json", []), ("time", ["since"]), ("mark", ["means", "severity"]),
  ]

  static let commonKeys = ["part", "decode"]
  static let keys = commonKeys + tests.flatMap { [$0.name] + $0.keys }
  static let bitsKeys = ["byte", "mask", "equals"]

  let diagnostics: DiagnosticCollector

  func read(_ key: String, of rule: MappingReader) -> TokenProof? {
    guard let node = rule.node(key) else { return nil }
    switch node.kind {
    case .mapping: return check(node).flatMap { proof(of: [($0, node)]) }
    case .sequence:
      let nodes = node.elements ?? []
      if nodes.isEmpty { rule.complain("\(key) is empty", at: key) }
      let checks = nodes.compactMap { node in check(node).map { ($0, node) } }
      return checks.count == nodes.count && !nodes.isEmpty ? proof(of: checks) : nil
    case .scalar: return rule.choice(key, as: BuiltInProof.self).map(TokenProof.named)
    }
  }

  private func proof(of checks: [(check: DeclaredProof.Check, node: Node)]) -> TokenProof? {
    let proof = DeclaredProof(checks.map(\.check))
    let problems = proof.problems
    for problem in problems { diagnostics.add(problem.message, at: checks[problem.check].node.position) }
    return problems.isEmpty ? .declared(proof) : nil
  }

  private func check(_ node: Node) -> DeclaredProof.Check? {
    if node.kind == .scalar {
      if let proof = BuiltInProof(rawValue: node.text ?? "") { return DeclaredProof.Check(.named(proof)) }
      diagnostics.add("a check is a mapping or the name of a built-in proof", at: node.position)
      return nil
    }
    guard let check = MappingReader(node, of: "check", keys: Self.keys, diagnostics: diagnostics) else { return nil }
    let present = Self.tests.filter { check.node($0.name) != nil }
    guard let test = present.first, present.count == 1 else {
      let names = Self.tests.map(\.name).joined(separator: ", ")
      diagnostics.add("a check has one of \(names)\(present.isEmpty ? "" : ", not several")", at: check.position)
      return nil
    }
    for other in Self.tests where other.name != test.name {
      for key in other.keys where !test.keys.contains(key) && check.node(key) != nil {
        check.complain("\(key) belongs to \(other.name), not to \(test.name)", at: key)
      }
    }
    let part = check.node("part") == nil ? Part.whole : part("part", of: check)
    let decoding = check.node("decode").flatMap { _ in check.choice("decode", as: TextDecoding.self) }
    guard let result = self.test(test.name, of: check), let part,
      check.node("decode") == nil || decoding != nil
    else { return nil }
    return DeclaredProof.Check(result, part: part, decoding: decoding)
  }

  private func test(_ name: String, of check: MappingReader) -> DeclaredProof.Test? {
    switch name {
    case "checksum": checksum(of: check).map(DeclaredProof.Test.checksum)
    case "length": length(of: check).map { .structure(.length($0)) }
    case "bits": bits(of: check).map { .structure(.bits($0)) }
    case "text": text(of: check).map(DeclaredProof.Test.structure)
    case "json": .structure(.json(check.texts("json")))
    case "time": time(of: check).map(DeclaredProof.Test.structure)
    default: mark(of: check)
    }
  }

  // MARK: Checksums

  private func checksum(of check: MappingReader) -> ChecksumCheck? {
    guard let algorithm = check.choice("checksum", as: ChecksumAlgorithm.self) else { return nil }
    let places = check.node("check") == nil ? [] : parts("check", of: check)
    // By default all that stands before the checksum.
    let covers =
      check.node("covers") != nil
      ? parts("covers", of: check) : [places?.count == 1 ? Part(0, places?.first?.start) : Part.whole]
    let encodings = encodings(of: check)
    let order = optionalChoice("order", as: ChecksumCheck.ByteOrder.self, of: check, default: .big)
    let padding = optionalChoice("padding", as: ChecksumCheck.Padding.self, of: check, default: .left)
    let width = check.node("width") == nil ? nil : number("width", of: check, in: 1...64)
    let seeds = check.texts("seeds").compactMap { seed($0, of: check) }
    let masks = check.texts("xor").compactMap { mask($0, of: check) }
    let key = check.node("key").flatMap { _ in check.optionalText("key") }
    guard let places, let covers, let encodings, let order, let padding,
      check.node("width") == nil || width != nil, seeds.count == check.list("seeds").count,
      masks.count == check.list("xor").count
    else { return nil }
    return ChecksumCheck(
      algorithm, covers: covers, check: places, encodings: encodings, order: order, width: width, padding: padding,
      seeds: seeds, masks: masks, key: Array((key ?? "").utf8))
  }

  private func encodings(of check: MappingReader) -> [ChecksumEncoding]? {
    if check.node("alphabet") != nil {
      guard let alphabet = check.optionalText("alphabet") else { return nil }
      let digits = Array(alphabet.utf8)
      guard digits.count >= 2, Set(digits).count == digits.count, digits.allSatisfy({ (0x21...0x7E).contains($0) })
      else {
        check.complain("alphabet is two or more different characters, the digit zero first", at: "alphabet")
        return nil
      }
      if check.node("encoding") != nil { check.complain("write encoding or alphabet, not both", at: "alphabet") }
      return [.digits(digits)]
    }
    guard let node = check.node("encoding") else { return [] }
    let names = node.kind == .sequence ? check.texts("encoding") : check.optionalText("encoding").map { [$0] } ?? []
    let encodings = names.compactMap { name -> ChecksumEncoding? in
      if let encoding = ChecksumEncoding(named: name) { return encoding }
      let known = ChecksumEncoding.named.map(\.name)
      let hint = MappingReader.nearest(to: name, in: known).map { "; did you mean \($0)?" } ?? ""
      check.complain("encoding is one of \(known.joined(separator: ", ")), not \"\(name)\"\(hint)", at: "encoding")
      return nil
    }
    return encodings.count == names.count && !names.isEmpty ? encodings : nil
  }

  /// Sixteen hexadecimal digits, or the eight characters that they stand for.
  private func seed(_ text: String, of check: MappingReader) -> UInt64? {
    let bytes = Array(text.utf8)
    if bytes.count == 16, let seed = UInt64(text, radix: 16) { return seed }
    if bytes.count == 8 { return bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    check.complain("a seed is 16 hexadecimal digits or 8 characters", at: "seeds")
    return nil
  }

  private func mask(_ text: String, of check: MappingReader) -> UInt32? {
    let digits = text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
    if let mask = UInt32(digits, radix: 16) { return mask }
    check.complain("xor is a list of up to 8 hexadecimal digits each", at: "xor")
    return nil
  }

  // MARK: Structures

  private func length(of check: MappingReader) -> ClosedRange<Int>? {
    guard let node = check.node("length") else { return nil }
    let numbers = (node.elements ?? [node]).compactMap { $0.text.flatMap { Int($0) } }
    guard let first = numbers.first, let last = numbers.last, numbers.count <= 2, 0 <= first, first <= last,
      numbers.count == node.elements?.count ?? 1
    else {
      check.complain("length is a number of bytes, or the least and the greatest", at: "length")
      return nil
    }
    return first...last
  }

  private func bits(of check: MappingReader) -> [StructureCheck.Bits]? {
    let nodes = check.list("bits", isRequired: true)
    let fields = nodes.compactMap { node -> StructureCheck.Bits? in
      guard let field = MappingReader(node, of: "bit field", keys: Self.bitsKeys, diagnostics: diagnostics),
        let place = number("byte", of: field, in: -4_096...4_096), let mask = number("mask", of: field, in: 1...255),
        let value = number("equals", of: field, in: 0...255)
      else { return nil }
      if value & ~mask != 0 { field.complain("equals has bits that mask leaves out", at: "equals") }
      return StructureCheck.Bits(place: place, mask: UInt8(mask), value: UInt8(value))
    }
    return fields.count == nodes.count && !nodes.isEmpty ? fields : nil
  }

  private func text(of check: MappingReader) -> StructureCheck? {
    let place = check.node("at") == nil ? 0 : number("at", of: check, in: -4_096...4_096)
    guard let text = check.optionalText("text"), let place else { return nil }
    return .text(Array(text.utf8), at: place)
  }

  private func time(of check: MappingReader) -> StructureCheck? {
    guard let format = check.choice("time", as: TimeFormat.self), let text = check.text("since") else { return nil }
    guard let since = Timestamp(text) else {
      check.complain("since is a day, such as 2019-01-31", at: "since")
      return nil
    }
    return .time(format, since: since)
  }

  private func mark(of check: MappingReader) -> DeclaredProof.Test? {
    let severity = check.node("severity").flatMap { _ in check.choice("severity", as: Severity.self) }
    guard let text = check.optionalText("mark"), let means = check.text("means"),
      check.node("severity") == nil || severity != nil
    else { return nil }
    if means.last != "." { check.complain("means is a sentence with a full stop", at: "means") }
    return .mark(Array(text.utf8), fact: TokenProof.Fact(means, limit: severity))
  }

  // MARK: Values

  /// `[4, -6]`, `[-6]`, or a list of such.
  private func parts(_ key: String, of check: MappingReader) -> [Part]? {
    guard let node = check.node(key), let elements = node.elements, !elements.isEmpty,
      elements.allSatisfy({ $0.kind == .sequence })
    else { return part(key, of: check).map { [$0] } }
    let parts = elements.compactMap(Self.part)
    guard parts.count == elements.count else {
      complainOfPart(key, of: check)
      return nil
    }
    return parts
  }

  private func part(_ key: String, of check: MappingReader) -> Part? {
    guard let part = check.node(key).flatMap(Self.part) else {
      complainOfPart(key, of: check)
      return nil
    }
    return part
  }

  private func complainOfPart(_ key: String, of check: MappingReader) {
    check.complain(
      "\(key) is [first, end], such as [4, -6]; end is the byte after the last, negative numbers count from the end",
      at: key)
  }

  private static func part(_ node: Node) -> Part? {
    let numbers = (node.elements ?? []).map { $0.text.flatMap { Int($0) } }
    guard (1...2).contains(numbers.count), let start = numbers[0], abs(start) <= 100_000 else { return nil }
    if numbers.count == 1 { return Part(start) }
    guard let end = numbers[1], abs(end) <= 100_000, (start < 0) != (end < 0) || start < end, end != 0 else {
      return nil
    }
    return Part(start, end)
  }

  private func number(_ key: String, of check: MappingReader, in range: ClosedRange<Int>) -> Int? {
    guard let text = check.text(key) else { return nil }
    let number = text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
    guard let number, range.contains(number) else {
      check.complain("\(key) is a number from \(range.lowerBound) to \(range.upperBound)", at: key)
      return nil
    }
    return number
  }

  private func optionalChoice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, as type: Choice.Type, of check: MappingReader, default: Choice
  ) -> Choice? where Choice.RawValue == String {
    check.node(key) == nil ? `default` : check.choice(key, as: type)
  }
}
