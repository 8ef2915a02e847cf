import Findings
import Matching
import Testing

@testable import RulePacks

@Suite("Example templates")
struct ExampleTemplateTests {
  private static func expand(_ text: String, seed: String = "seed") throws -> String {
    var template = ExampleTemplate(seed: seed)
    return try template.expand(text)
  }

  @Test("give the same text for the same seed, and another for another")
  func deterministic() throws {
    let text = "a {{base62:40}} {{uuid}} {{hex:8}}"
    #expect(try Self.expand(text) == Self.expand(text))
    #expect(try Self.expand(text) != Self.expand(text, seed: "other"))
    #expect(try Self.expand(text, seed: "") != Self.expand(text, seed: "0"))
    // Two in one text are not the same either.
    let twice = try Self.expand("{{hex:32}}{{hex:32}}")
    #expect(twice.prefix(32) != twice.suffix(32))
    // And one template goes on where it was.
    var template = ExampleTemplate(seed: "seed")
    let first = try template.expand("{{hex:32}}")
    #expect(try template.expand("{{hex:32}}") != first)
  }

  /// The files of the packs rest on these texts: another generator would change what all examples hold.
  @Test("draw the same text on every machine and in every version")
  func stable() throws {
    #expect(try Self.expand("{{digit:20}}", seed: "a/0") == "22424812093617201606")
  }

  @Test(
    "draw from the alphabet with the length that is asked for, and use all of it",
    arguments: [
      ("digit", "0123456789"), ("lower", "abcdefghijklmnopqrstuvwxyz"), ("upper", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
      ("alpha", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"), ("hex", "0123456789abcdef"),
      ("base58", "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"),
      ("HEX", "0123456789ABCDEF"), ("base32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
      ("base36", "0123456789abcdefghijklmnopqrstuvwxyz"), ("BASE36", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
      ("base62", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
      ("base64", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/"),
      ("base64url", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"),
    ])
  func alphabets(name: String, letters: String) throws {
    #expect(Set(try Self.expand("{{\(name):3000}}")) == Set(letters))
    for length in [1, 2, 63, 1_000, 100_000] {
      #expect(try Self.expand("<{{\(name):\(length)}}>").utf8.count == length + 2)
    }
  }

  @Test("write UUIDs of version 4")
  func uuid() throws {
    var variants: Set<Character> = []
    for seed in 0..<200 {
      let uuid = Array(try Self.expand("{{uuid}}", seed: "\(seed)"))
      #expect(uuid.count == 36)
      for (place, character) in uuid.enumerated() {
        #expect([8, 13, 18, 23].contains(place) ? character == "-" : "0123456789abcdef".contains(character))
      }
      #expect(uuid[14] == "4")
      variants.insert(uuid[19])
    }
    #expect(variants == ["8", "9", "a", "b"])
  }

  private static let checksum = TokenProof.declared(
    DeclaredProof([
      .init(
        .checksum(
          ChecksumCheck(.crc32, covers: [Part(0, -8)], check: [Part(-8)], encodings: [ChecksumEncoding.bits(.hex)])))
    ]))

  @Test("make checksums with the proof of the rule")
  func proved() throws {
    var template = ExampleTemplate(seed: "seed", proof: Self.checksum)
    let text = try template.expand(
      "a={{proved}}tok_{{base36:20}}{{hex:8}}{{/proved}} b={{proved}}{{hex:30}}{{/proved}}.")
    let tokens = text.dropLast().split(separator: " ").map { $0.dropFirst(2) }
    #expect(tokens.map(\.count) == [32, 30])
    for token in tokens { #expect(Self.checksum.verify(Array(token.utf8)).proof == .proved) }
    // The same drawing as without it, but for the checksum.
    var plain = ExampleTemplate(seed: "seed")
    #expect(try plain.expand("tok_{{base36:20}}") == String(tokens[0].dropLast(8)))
  }

  @Test("make none where the proof cannot, or is not there")
  func notProved() throws {
    for (proof, text) in [
      (nil, "{{proved}}{{hex:30}}{{/proved}}"), (TokenProof.named(.jwt), "{{proved}}{{hex:30}}{{/proved}}"),
      (Self.checksum, "{{proved}}{{hex:3}}{{/proved}}"),
    ] as [(TokenProof?, String)] {
      var template = ExampleTemplate(seed: "seed", proof: proof)
      let error = #expect(throws: ExampleTemplate.UnknownAlphabet.self) { try template.expand(text) }
      #expect(error?.name == "proved")
    }
    #expect(try Self.expand("{{proved}} {{ x }}") == "{{proved}} {{ x }}")
  }

  @Test("know no other alphabets", arguments: ["base63:4", "Hex:4", "base64url2:9"])
  func unknown(inner: String) throws {
    let error = #expect(throws: ExampleTemplate.UnknownAlphabet.self) { try Self.expand("x {{\(inner)}}") }
    #expect(error?.name == String(inner.prefix { $0 != ":" }))
  }

  @Test(
    "leave what belongs to other template languages",
    arguments: [
      "", "plain", "{{ token }}", "{{token}}", "{{ .Values.token }}", "${{ secrets.TOKEN }}", "{{hex}}", "{{hex:}}",
      "{{hex:0}}", "{{hex:-1}}", "{{hex:x}}", "{{hex: 4}}", "{{ hex:4 }}", "{{hex:4:5}}", "{{:4}}", "{{hex:100001}}",
      "{{UUID}}", "{{ uuid }}", "{hex:4}", "{{hex:4", "hex:4}}", "{{", "}}", "{{}}", "{{{{", "}}{{", "{% raw %}",
      "é {{ü:4}}",
    ])
  func otherLanguages(text: String) throws {
    #expect(try Self.expand(text) == text)
  }

  @Test("find their own between those of others")
  func mixed() throws {
    let text = try Self.expand("{{ a }}{{hex:4}}{ {{hex:4}} } {{x {{digit:2}} {{uuid}}")
    #expect(text.hasPrefix("{{ a }}"))
    #expect(text.contains("{{x "))
    #expect(!text.contains("hex") && !text.contains("digit") && !text.contains("uuid"))
    #expect(text.count == 7 + 4 + 2 + 4 + 2 + 1 + 4 + 2 + 1 + 36)
  }
}
