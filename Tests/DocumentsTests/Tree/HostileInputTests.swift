import Findings
import TestSupport
import Testing

@testable import Documents

@Suite("Documents on hostile input")
struct HostileInputTests {
  private static let samples = [
    "{\"a\": [1, 2.5e-3, \"x\\u00e9\\ud83d\", {\"b\": null}], // c\n \"é\": {\"k\": [true, false,],},}",
    "a: &x {b: [1, *y], <<: *x}\nc: &y |\n  text\n\n'd': \"e\\tf\"\n? [k]\n: !t v\n--- >-\n x\n",
    "base: &base {a: é, <<: {z: 1}}\nl: [*base, {<<: [*base, *base], b: 0x1F}]\n",
    "[s]\nk = v\n  w\nexport A=\"b\\n\" # c\n\\u00e9\\\n x:y\nmachine m login l macdef x\n\n",
    "apiVersion: v1\nkind: {{ x }}\n- hosts: a\n  tasks: {\"kind\": [\"apiVersion\"]}\n#!/bin/env bash",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><n:a b='&lt;'>t<c/><![CDATA[x]]>&#65; <!-- k --></n:a>",
    "[a.'b']\nc.\"\\u00e9\" = [1, {x = 1979-05-27 07:32:00Z, y.z = -0x_1}, # c\n]\r\n[[t]]\ns = \"\"\"\n\\\n x\"\"\"\n[t.u]\n",
  ]

  @Test("no reader crashes, and every text and range lies within the file")
  func mutations() {
    var generator = SeededGenerator(seed: 3)
    for round in 0..<1_500 {
      var bytes = generator.pick(Self.samples).bytes
      for _ in 0..<generator.below(6) {
        let index = generator.below(bytes.count)
        switch generator.below(4) {
        case 0: bytes[index] = UInt8(generator.below(256))
        case 1: bytes[index] = generator.pick("[]{}\"':,\\#&*!|>-\n =<".bytes)
        case 2: bytes.removeSubrange(index..<min(bytes.count, index + 1 + generator.below(5)))
        default: bytes.insert(contentsOf: generator.pick(Self.samples).bytes.prefix(generator.below(30)), at: index)
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      var documents = KeyValueReader.Dialect.allCases.map { KeyValueReader.read(bytes, dialect: $0).document }
      for document in [
        try? JSONReader.read(bytes), try? JSONReader.read(bytes, dialect: .jsonc), try? YAMLReader.read(bytes),
        try? XMLReader.read(bytes), try? TOMLReader.read(bytes),
      ] {
        if let document { documents.append(document) }
      }
      for document in documents { check(document, round) }
      for path in ["x.yaml", "x.json", "templates/x.yml", "x"] {
        _ = FileRecognition(path: SourcePath(path), content: bytes.span)
      }
    }
  }

  private func check(_ document: Document, _ round: Int) {
    var pending = document.roots
    var count = 0
    while let node = pending.popLast(), count < 10_000 {
      count += 1
      let range = node.byteRange
      #expect(range.lowerBound >= 0 && range.upperBound <= document.bytes.count, "round \(round)")
      _ = node.scalar
      _ = node.tag
      _ = node.position
      pending += node.elements ?? []
      for entry in node.entries ?? [] { pending += [entry.key, entry.value] }
    }
    // All records are reached by way of the roots.
    var end = 0
    for root in document.roots { end = document.nextIndex(after: root.index) }
    #expect(end == document.records.count)
  }

  @Test("no query crashes")
  func queries() throws {
    var generator = SeededGenerator(seed: 4)
    let root = try #require(try YAMLReader.read(Self.samples[2].bytes).root)
    let samples = [
      "$.a[0]['b']..c[?@.d == 1 && !(@.e || $.f)]", "$..[1:-1:2, *]", "$[?match(@.a, '[a-z]+') || count($..*) > 2]",
      "$[?length(value(@.x)) <= -1.5e3]", "$['\\u00e9\\ud83d\\ude00', \"x\"]",
    ]
    for _ in 0..<3_000 {
      var bytes = generator.pick(samples).bytes
      for _ in 0..<generator.below(4) {
        let index = generator.below(bytes.count)
        switch generator.below(3) {
        case 0: bytes[index] = generator.pick("$@.[]()?*:,'\"\\!&|=<> 01-eu".bytes)
        case 1: bytes.remove(at: index)
        default: bytes.insert(generator.pick("$@.[]()?*:,'\"\\!&|=<> 01-eu".bytes), at: index)
        }
      }
      let query = String(decoding: bytes, as: UTF8.self)
      do {
        _ = try JSONPath(parsing: query, regexEngine: { _ in { _ in true } }).nodes(in: root, maxVisits: 10_000)
      } catch {
        #expect((0...query.utf8.count).contains(error.offset))
      }
    }
  }
}
