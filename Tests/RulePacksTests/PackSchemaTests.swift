import Documents
import Findings
import Foundation
import Matching
import TestSupport
import Testing
import Views

@testable import RulePacks

/// `docs/rule-pack.schema.json` against the packs and the code.
@Suite("The schema of rule packs")
struct PackSchemaTests {
  static let path = "docs/rule-pack.schema.json"

  /// The words of the code, by the name of their definition in the schema.
  static let words: [(name: String, words: [String])] = [
    ("severity", Severity.allCases.map(\.rawValue)), ("confidence", Confidence.allCases.map(\.rawValue)),
    ("level", Level.allCases.map(\.rawValue)), ("phase", Phase.allCases.map(\.rawValue)),
    ("proof", BuiltInProof.allCases.map(\.rawValue)), ("textDecoding", TextDecoding.allCases.map(\.rawValue)),
    ("checksumAlgorithm", ChecksumAlgorithm.allCases.map(\.rawValue)),
    ("checksumEncoding", ChecksumEncoding.named.map(\.name)), ("timeFormat", TimeFormat.allCases.map(\.rawValue)),
    ("filter", ValueFilter.allCases.map(\.rawValue)),
    ("kind", FileKind.allCases.map(\.rawValue)), ("view", ViewTable.all.map(\.name)),
  ]

  static func schema() throws -> JSONValue { try JSONValue(#require(Repository.bytes(path))) }

  /// The file with the words of the code in place of its own.
  static func updated(_ text: String) -> String? {
    var text = text
    for (name, words) in words {
      guard let start = text.range(of: "    \"\(name)\": {\n      \"enum\": ["),
        let end = text.range(of: "]", range: start.upperBound..<text.endIndex)
      else { return nil }
      let list = words.map { "        \"\($0)\"" }.joined(separator: ",\n")
      text.replaceSubrange(start.upperBound..<end.lowerBound, with: "\n\(list)\n      ")
    }
    return text
  }

  @Test("names the severities, kinds, views and so on of the code; TOLLGATE_RECORD=1 writes them")
  func words() throws {
    let text = String(decoding: try #require(Repository.bytes(Self.path)), as: UTF8.self)
    let updated = try #require(Self.updated(text), "a definition is missing")
    if ProcessInfo.processInfo.environment["TOLLGATE_RECORD"] == "1" {
      if updated != text { try Repository.write(Array(updated.utf8), to: Self.path) }
    } else {
      for (name, words) in Self.words {
        let written = try Self.schema()["$defs"][name]["enum"].elements.compactMap(\.text)
        #expect(written == words, "\(name): record it with TOLLGATE_RECORD=1 swift test --filter PackSchemaTests")
      }
    }
  }

  @Test("holds for every built-in pack", arguments: BuiltInFile.all.map(\.name))
  func builtIn(name: String) throws {
    let file = try #require(BuiltInFile.all.first { $0.name == name })
    let errors = JSONSchema(try Self.schema()).errors(in: try Self.value(file.bytes))
    #expect(errors.isEmpty, "\(errors.prefix(5))")
  }

  static let documentRule = [
    "on": "on: document", "keywords": "kinds: [yaml]", "pattern": "when: self.a == 1", "at": "at: a",
  ]

  static let rightPacks: [String] = [
    PackSample.pack(),
    PackSample.pack(adding: ["filters: [word]", "proof: jwt", "entropy: 3.5", "secret: 1", "at: 1", "aliases: [a/b]"]),
    PackSample.pack(adding: ["proof: {checksum: crc32, check: [-6], encoding: base62}"]),
    PackSample.pack(adding: [
      "proof: [jwt, {length: 4}, {length: [1, 9], part: [0, 4], decode: base64}, {checksum: luhn}]"
    ]),
    PackSample.pack(adding: [
      "proof: {checksum: crc32, covers: [[1, 4], [4]], check: [[0, 1]], alphabet: ab, width: 32, padding: right}"
    ]),
    PackSample.pack(adding: [
      "proof: [{bits: [{byte: -1, mask: 0xC0, equals: 64}]}, {mark: test, means: It is for tests., severity: note}]"
    ]),
    PackSample.pack(adding: [
      "proof: [{json: [a], decode: base64url}, {time: ulid, since: '2020-01-01'}, {text: a, at: 1}]"
    ]),
    PackSample.pack(adding: ["near: {pattern: 'acc_[0-9]{4}', secret: 0, lines: 3, required: true, message: it}"])
      .replacing(
        "  - fires: a tok_{{base36:8}}\n", with: "  - fires: a acc_1234 tok_{{base36:8}}\n"
      ).replacing(
        "  - fires: b tok_{{base36:8}}\n", with: "  - fires: b acc_1234 tok_{{base36:8}}\n"),
    PackSample.pack(adding: ["near: [{pattern: 'acc_[0-9]{4}', message: it}]"]),
    PackSample.pack(replacing: documentRule),
    PackSample.pack(
      replacing: documentRule,
      adding: [
        "select: $.a", "where: has(self.a)", "grade: [{when: 'true', severity: low}]", "at: a",
        "related: [{at: b, message: here}]",
      ]),
    PackSample.pack(
      replacing: ["on": "on: github.step", "keywords": "", "pattern": "when: has(self.run)"],
      adding: ["kinds: [github-action]", "at: run"]),
  ]

  @Test("holds for packs that the reader takes", arguments: rightPacks)
  func right(pack: String) throws {
    let errors = JSONSchema(try Self.schema()).errors(in: try Self.value(Array(pack.utf8)))
    #expect(errors.isEmpty, "\(errors) in \(pack)")
  }

  static let wrongPacks: [String] = [
    "pack: a\n", "rules: []\n", PackSample.pack() + "extra: 1\n",
    PackSample.pack().replacing("pack: s", with: "pack: S"),
    PackSample.pack(replacing: ["severity": "severity: awful"]), PackSample.pack(replacing: ["level": "level: no"]),
    PackSample.pack(replacing: ["phase": "phase: party"]), PackSample.pack(replacing: ["confidence": "confidence: 1"]),
    PackSample.pack(replacing: ["on": "on: github.stop"]), PackSample.pack(replacing: ["on": ""]),
    PackSample.pack(replacing: ["keywords": "keywords: [to]"]), PackSample.pack(replacing: ["pattern": ""]),
    PackSample.pack(replacing: ["tags": "tags: []"]), PackSample.pack(replacing: ["id": "id: Some_Token"]),
    PackSample.pack(adding: ["filters: [vowel]"]), PackSample.pack(adding: ["proof: trust"]),
    PackSample.pack(adding: ["proof: []"]), PackSample.pack(adding: ["proof: [trust]"]),
    PackSample.pack(adding: ["proof: {checksum: crc31, check: [-6], encoding: base62}"]),
    PackSample.pack(adding: ["proof: {checksum: crc32, check: [-6], encoding: base61}"]),
    PackSample.pack(adding: ["proof: {checksum: crc32, check: last, encoding: base62}"]),
    PackSample.pack(adding: ["proof: {checksum: crc32, length: 4, check: [-6], encoding: base62}"]),
    PackSample.pack(adding: ["proof: {part: [0, 4]}"]), PackSample.pack(adding: ["proof: {length: 4, colour: red}"]),
    PackSample.pack(adding: ["proof: {time: ulid}"]), PackSample.pack(adding: ["proof: {mark: test}"]),
    PackSample.pack(adding: ["proof: {mark: test, means: It is}"]),
    PackSample.pack(adding: ["proof: {bits: [{byte: 1}]}"]),
    PackSample.pack(adding: ["entropy: 9"]), PackSample.pack(adding: ["when: self.a"]),
    PackSample.pack(adding: ["colour: red"]), PackSample.pack(adding: ["near: {message: it}"]),
    PackSample.pack(adding: ["near: []"]), PackSample.pack(adding: ["near: {pattern: a, lines: 51, message: it}"]),
    PackSample.pack(adding: ["near: {pattern: a, required: maybe, message: it}"]),
    PackSample.pack(adding: ["near: {pattern: a}"]),
    PackSample.pack(adding: ["near: {pattern: a, rule: 1, message: it}"]),
    PackSample.pack(replacing: ["title": "title: \(String(repeating: "x", count: 81))"]),
    PackSample.pack().replacing("  - silent: nothing\n", with: ""),
    PackSample.pack().replacing("  - silent: nothing\n", with: "  - silent: nothing\n        fires: too\n"),
    PackSample.pack(replacing: ["on": "on: document", "keywords": "", "pattern": "when: self.a == 1"]),
    PackSample.pack(replacing: documentRule, adding: ["entropy: 1"]),
    PackSample.pack(replacing: documentRule, adding: ["grade: [{severity: low}]"]),
    PackSample.pack(replacing: documentRule, adding: ["grade: [{when: 'true', colour: red}]"]),
    PackSample.pack(replacing: documentRule, adding: ["related: [{at: b}]"]),
    PackSample.pack(replacing: documentRule.merging(["keywords": "kinds: [novel]"]) { $1 }),
    PackSample.pack(
      replacing: ["on": "on: github.step", "keywords": "", "pattern": "when: has(self.run)"], adding: ["select: $.a"]),
  ]

  @Test("does not hold for packs that the reader refuses", arguments: wrongPacks)
  func wrong(pack: String) throws {
    #expect(!PackSample.diagnostics(pack).isEmpty, "the reader takes \(pack)")
    #expect(!JSONSchema(try Self.schema()).errors(in: try Self.value(Array(pack.utf8))).isEmpty, "\(pack)")
  }

  @Test("describes every key of a check")
  func checkKeys() throws {
    let check = try Self.schema()["$defs"]["proofCheck"]
    #expect(Set(check["properties"].members.keys) == Set(ProofReader.keys))
    for (key, property) in check["properties"].members {
      #expect(property["description"].text?.hasSuffix(".") == true, "\(key)")
    }
    #expect(Set(check["properties"]["bits"]["items"]["properties"].members.keys) == Set(ProofReader.bitsKeys))
  }

  @Test("describes every key that the reader knows, and allows those of each kind of rule")
  func keys() throws {
    let rule = try Self.schema()["$defs"]["rule"]
    let known = Set(TextRuleReader.keys + DocumentRuleReader.documentKeys + DocumentRuleReader.viewKeys)
    #expect(Set(rule["properties"].members.keys) == known)
    for (key, property) in rule["properties"].members {
      #expect(property["description"].text?.hasSuffix(".") == true, "\(key)")
    }
    let allowed = rule["allOf"].elements.map { Set($0["then"]["propertyNames"]["enum"].elements.compactMap(\.text)) }
    #expect(
      allowed == [
        Set(TextRuleReader.keys), Set(DocumentRuleReader.documentKeys), Set(DocumentRuleReader.viewKeys),
      ])
  }

  static func value(_ bytes: [UInt8]) throws -> JSONValue {
    json(try #require(try YAMLReader.read(bytes).root))
  }

  /// A tree of YAML as editors hand it to a schema.
  private static func json(_ node: Node) -> JSONValue {
    switch node.kind {
    case .mapping:
      return .object(
        Dictionary((node.entries ?? []).map { ($0.key.text ?? "", json($0.value)) }, uniquingKeysWith: { $1 }))
    case .sequence: return .array((node.elements ?? []).map(json))
    case .scalar:
      switch node.scalar {
      case .bool(let flag): return .flag(flag)
      case .int(let number): return .number(Double(number))
      case .double(let number): return .number(number)
      case .string(let text): return .text(text)
      case .null, nil: return .null
      }
    }
  }
}
