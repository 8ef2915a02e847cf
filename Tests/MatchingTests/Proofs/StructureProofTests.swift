import Findings
import Foundation
import TestSupport
import Testing

@testable import Matching

/// Structures that no formula describes, each built here from its specification.
@Suite("Structures of tokens")
struct StructureProofTests {
  private static func verify(
    _ proof: BuiltInProof, _ value: String, before: String = "", after: String = "", asOf: Timestamp? = nil
  ) -> TokenProof.Verification {
    TokenProof.named(proof).verify(
      TokenProof.Subject(Array(value.utf8), before: Array(before.utf8), after: Array(after.utf8), asOf: asOf))
  }

  /// Of every single change: how many are not disproved, and where. Each place takes several other characters.
  private static func survivors(
    of value: String, from start: Int = 0, alphabet: String, seed: UInt64, verify: (String) -> Proof
  ) -> [Int] {
    var random = SeededGenerator(seed: seed)
    let bytes = Array(value.utf8)
    return (start..<bytes.count).filter { place in
      (0..<6).contains { _ in
        var other = bytes
        other[place] = random.pick(Array(alphabet.utf8))
        return other != bytes && verify(String(decoding: other, as: UTF8.self)) != .disproved
      }
    }
  }

  static func base64(_ bytes: [UInt8], url: Bool = false, padded: Bool = true) -> String {
    let digits = url ? TokenVectors.base64URL : DeclaredTokens.base64
    let text = DeclaredTokens.text(bytes, in: digits, bits: 6)
    return padded ? DeclaredTokens.padded(text) : text
  }

  private static let day = Timestamp("2026-01-31") ?? Timestamp(secondsSince1970: 0)

  // MARK: Macaroons

  private static func macaroon(location: String = "pypi.org", caveats: [String], signature: Int = 32) -> String {
    func field(_ type: UInt8, _ bytes: [UInt8]) -> [UInt8] {
      let length = bytes.count < 128 ? [UInt8(bytes.count)] : [UInt8(bytes.count & 127 | 128), UInt8(bytes.count >> 7)]
      return [type] + length + bytes
    }
    var random = SeededGenerator(seed: 91)
    var bytes: [UInt8] = [2] + field(1, Array(location.utf8)) + field(2, random.bytes(36)) + [0]
    for caveat in caveats { bytes += field(2, Array(caveat.utf8)) + [0] }
    bytes += [0] + field(6, random.bytes(signature))
    return "pypi-" + base64(bytes, url: true, padded: false)
  }

  @Test("a macaroon of PyPI is whole, and tells for what it is")
  func pypi() {
    for caveats in [
      [], [#"{"version": 1, "permissions": "user"}"#], [#"[1, ["one", "two"]]"#, "[0, 1700000000, 1600000000]"],
    ] {
      let verification = Self.verify(.pypiMacaroon, Self.macaroon(caveats: caveats), asOf: Self.day)
      #expect(verification.proof == .proved, "\(caveats)")
    }
    let limited = Self.verify(
      .pypiMacaroon, Self.macaroon(caveats: [#"[1, ["one", "two"]]"#, "[0, 1700000000, 1600000000]"]), asOf: Self.day)
    #expect(limited.facts.map(\.text) == ["It is for pypi.org.", "It is for 2 projects.", "It expired on 2023-11-14."])
    #expect(limited.facts.compactMap(\.limit) == [.note])
    #expect(
      Self.verify(.pypiMacaroon, Self.macaroon(location: "test.pypi.org", caveats: [])).facts.first?.limit == .low)
    for signature in [0, 31, 33] {
      #expect(Self.verify(.pypiMacaroon, Self.macaroon(caveats: [], signature: signature)).proof == .disproved)
    }
    let token = Self.macaroon(caveats: [#"[3, "user"]"#])
    for count in 0..<token.count {
      #expect(Self.verify(.pypiMacaroon, String(token.prefix(count))).proof == .disproved, "the first \(count)")
    }
  }

  @Test("a macaroon of Fly.io is a MessagePack array of four with a tail of 32 bytes")
  func fly() {
    var random = SeededGenerator(seed: 92)
    func token(tail: Int, count: UInt8 = 4) -> String {
      // Nonce: an array of an id, a text and a flag; location; caveats: numbers and maps.
      let nonce: [UInt8] = [0x93, 0xC4, 16] + random.bytes(16) + [0xA2, 0x61, 0x62, 0xC2]
      let location: [UInt8] = [0xD9, 3, 0x66, 0x6C, 0x79]
      let caveats: [UInt8] = [
        0x94, 0x00, 0x91, 0xCD, 0x01, 0x02, 0x04, 0x82, 0xA1, 0x61, 0x01, 0xA1, 0x62, 0xDC, 0, 1, 0xC0,
      ]
      var bytes: [UInt8] = [0x90 | count]
      bytes += nonce
      bytes += location
      bytes += caveats
      bytes += [0xC4, UInt8(tail)]
      bytes += random.bytes(tail)
      return "fm2_" + Self.base64(bytes)
    }
    #expect(Self.verify(.flyMacaroon, "FlyV1 " + token(tail: 32)).proof == .proved)
    #expect(Self.verify(.flyMacaroon, "FlyV1 " + token(tail: 32) + "," + token(tail: 32)).proof == .proved)
    #expect(Self.verify(.flyMacaroon, "FlyV1 " + token(tail: 31)).proof == .disproved)
    #expect(Self.verify(.flyMacaroon, "FlyV1 " + token(tail: 32, count: 3)).proof == .disproved)
    #expect(Self.verify(.flyMacaroon, "FlyV1 " + token(tail: 32) + "," + token(tail: 20)).proof == .disproved)
    #expect(Self.verify(.flyMacaroon, "FlyV1 fm2_" + random.text(200, of: DeclaredTokens.base64)).proof == .disproved)
    // An array that says it holds four thousand million values.
    #expect(
      Self.verify(.flyMacaroon, "FlyV1 fm2_" + Self.base64([0x94, 0xDD, 255, 255, 255, 255, 0xC0])).proof == .disproved)
  }

  // MARK: AWS

  /// A key id that names an account.
  private static func accessKeyID(_ account: UInt64, prefix: String = "AKIA", _ random: inout SeededGenerator) -> String
  {
    let number = account << 7 | 1 << 47 | UInt64(random.below(128))
    let bytes = (0..<6).map { UInt8(number >> (40 - 8 * $0) & 0xFF) } + random.bytes(4)
    return prefix + DeclaredTokens.text(bytes, in: DeclaredTokens.base32, bits: 5)
  }

  @Test(
    "an access key id of AWS names its account, and what is known of that",
    arguments: [
      (210_123_456_789, "210123456789", nil), (7, "000000000007", nil), (123_456_789_012, "123456789012", .note),
      (111_122_223_333, "111122223333", .note), (171_436_882_533, "171436882533", .note),
      (044_858_866_125, "044858866125", .note),
    ] as [(UInt64, String, Severity?)])
  func account(account: UInt64, number: String, limit: Severity?) {
    var random = SeededGenerator(seed: 93)
    let verification = Self.verify(.awsAccessKeyID, Self.accessKeyID(account, &random))
    #expect(verification.proof == .shaped)
    #expect(verification.facts.count == 1)
    #expect(verification.facts.first?.text.contains("AWS account \(number)") == true)
    #expect(verification.facts.first?.limit == limit)
  }

  @Test("an older access key id of AWS names none")
  func oldKey() {
    var random = SeededGenerator(seed: 94)
    for letter in ["I", "J"] {
      #expect(Self.verify(.awsAccessKeyID, "AKIA" + letter + random.text(15, of: DeclaredTokens.base32)).facts.isEmpty)
    }
  }

  @Test("a key of Bedrock says what it is")
  func bedrock() {
    let secret = MadeUpCredential.password(95, length: 40)
    func key(_ text: String) -> String { "ABSK" + Self.base64(Array(text.utf8)) }
    let good = Self.verify(.awsBedrockKey, key("BedrockAPIKey-abcd-at-210987650000:" + secret))
    #expect(good.proof == .proved && good.facts.map(\.text) == ["It is of the AWS account 210987650000."])
    #expect(Self.verify(.awsBedrockKey, key("BedrockAPIKey-abcd:" + secret)).proof == .shaped)
    #expect(Self.verify(.awsBedrockKey, key("BedrockAPIKex-abcd-at-210987650000:" + secret)).proof == .disproved)
    #expect(Self.verify(.awsBedrockKey, "ABSK" + MadeUpCredential.password(96, length: 120)).proof == .disproved)
  }

  // MARK: Signed URLs

  static let hexSignature = String(repeating: "0123456789abcdef", count: 4)
  static let amazon = "X-Amz-Signature=\(hexSignature)"
  static let google = "X-Goog-Signature=\(hexSignature)"
  static let short = "sig=\(base64(Array(0..<31)))"
  static let sasSignature = "sig=" + base64(Array(0..<32)).replacing("+", with: "%2B").replacing("=", with: "%3D")

  @Test(
    "a signed URL tells when it ends",
    arguments: [
      (
        "sv=2024-01-01&se=2025-06-01T00%3A00%3A00Z&sp=r&", sasSignature, "", Proof.proved, "It expired on 2025-06-01.",
        Severity.note
      ),
      ("sv=2024-01-01&sp=r&", sasSignature, "&se=2027-06-01&sr=b'", .proved, "It is valid until 2027-06-01.", nil),
      ("https://a/b?sp=%2Ftriggers&sv=1.0&", sasSignature, "", .proved, "", nil),
      ("sv=2024-01-01&amp;se=2025-06-01T00:00Z&amp;", sasSignature, "", .proved, "It expired on 2025-06-01.", .note),
      (
        "https://b/k?X-Amz-Date=20260130T120000Z&X-Amz-Expires=3600&", amazon, "", .proved,
        "It expired on 2026-01-30.", .note
      ),
      (
        "https://b/k?X-Amz-Expires=604800&", amazon, "&X-Amz-Date=20260130T120000Z\"", .proved,
        "It is valid until 2026-02-06.", nil
      ),
      (
        "https://b/k?X-Goog-Date=20250130T120000Z\\u0026X-Goog-Expires=60\\u0026", google, "",
        .proved, "It expired on 2025-01-30.", .note
      ),
      // What another URL says does not count.
      ("https://b/k?se=2020-01-01 https://c/d?", amazon, " se=2020-01-01", .shaped, "", nil),
      ("sv=2024-01-01&", short, "", .disproved, "", nil),
    ] as [(String, String, String, Proof, String, Severity?)])
  func signedURL(before: String, value: String, after: String, proof: Proof, fact: String, limit: Severity?) {
    let verification = Self.verify(.signedURL, value, before: before, after: after, asOf: Self.day)
    #expect(verification.proof == proof)
    #expect(verification.facts.map(\.text) == (fact.isEmpty ? [] : [fact]))
    #expect(verification.facts.compactMap(\.limit) == (limit.map { [$0] } ?? []))
  }

  @Test("without a time of the scan nothing has expired")
  func noTime() {
    let verification = Self.verify(.signedURL, Self.sasSignature, before: "sv=2020-01-01&se=2020-06-01&")
    #expect(verification.facts == [TokenProof.Fact("It ends on 2020-06-01.")])
  }

  @Test("a presigned URL names the account of its key, and a short key of Bedrock is one")
  func presigned() {
    var random = SeededGenerator(seed: 97)
    let credential = Self.accessKeyID(123_456_789_012, prefix: "ASIA", &random)
    let url =
      "bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Credential=\(credential)%2F20260101%2Fus-east-1"
      + "&X-Amz-Date=20260101T000000Z&X-Amz-Expires=43200&X-Amz-Signature=\(Self.hexSignature)&Version=1"
    let key = "bedrock-api-key-" + Self.base64(Array(url.utf8))
    let verification = Self.verify(.awsBedrockShortTermKey, key, asOf: Self.day)
    #expect(verification.proof == .proved)
    #expect(verification.facts.map(\.text).first == "It expired on 2026-01-01.")
    #expect(verification.facts.last?.text.contains("123456789012") == true)
    #expect(
      Self.verify(.awsBedrockShortTermKey, "bedrock-api-key-" + random.text(300, of: TokenVectors.base62)).proof
        == .disproved)
  }

  // MARK: Envelopes

  @Test("what is in an envelope of base 64 decides")
  func envelopes() {
    func encoded(_ text: String) -> String { Self.base64(Array(text.utf8)) }
    let password = MadeUpCredential.password(98)
    #expect(Self.verify(.basicCredentials, encoded("user:" + password)).proof == .shaped)
    #expect(Self.verify(.basicCredentials, "essu_" + encoded("id:" + password)).proof == .shaped)
    #expect(Self.verify(.basicCredentials, encoded("user:" + password)).facts.isEmpty)
    #expect(Self.verify(.basicCredentials, encoded("user:" + password + "\n")).proof == .shaped)
    #expect(Self.verify(.basicCredentials, encoded("Aladdin:open sesame")).facts.first?.limit == .note)
    for placeholder in ["user:${PASSWORD}", "user:changeme", "a:your-password-here"] {
      #expect(Self.verify(.basicCredentials, encoded(placeholder)).facts.first?.limit == .note, "\(placeholder)")
    }
    for other in ["no colon in this text", "user:", "\u{1}:\u{2}"] {
      #expect(Self.verify(.basicCredentials, encoded(other)).proof == .disproved, "\(other)")
    }
    #expect(Self.verify(.basicCredentials, Self.base64([0xFF, 0x3A, 0xFE, 0x80])).proof == .disproved)
    #expect(
      Self.verify(.grafanaToken, "glc_" + encoded(#"{"o":"1","n":"a","k":"\#(password)","m":{"r":"eu"}}"#)).proof
        == .proved)
    #expect(Self.verify(.grafanaToken, encoded(#"{"k":"\#(password)","n":"a","id":1}"#)).proof == .proved)
    #expect(Self.verify(.grafanaToken, encoded(#"{"k":"","n":"a","id":1}"#)).proof == .disproved)
    #expect(Self.verify(.grafanaToken, encoded(#"{"n":"a"}"#)).proof == .disproved)
    #expect(Self.verify(.grafanaToken, "glc_eyJ" + password + password).proof == .disproved)
    let reference = Self.verify(
      .jfrogReferenceToken, encoded("reftkn:01:1700000000:" + MadeUpCredential.password(99, length: 27)), asOf: Self.day
    )
    #expect(reference.proof == .proved && reference.facts == [.init("It expired on 2023-11-14.", limit: .note)])
    let endless = Self.verify(
      .jfrogReferenceToken, encoded("reftkn:01:0000000000:" + MadeUpCredential.password(99, length: 27)), asOf: Self.day
    )
    #expect(endless.proof == .proved && endless.facts.map(\.limit) == [nil])
    #expect(Self.verify(.jfrogReferenceToken, encoded("reftkn:01:17000x0000:" + password)).proof == .disproved)
  }

  @Test("a token of Atlassian's own servers has twelve digits and a colon before its secret")
  func atlassian() {
    var random = SeededGenerator(seed: 100)
    let bytes = Array(random.text(12, of: "0123456789").utf8) + [0x3A] + random.bytes(20)
    let token = Self.base64(bytes)
    #expect(Self.verify(.atlassianDataCenterToken, token).proof == .proved)
    #expect(Self.verify(.atlassianDataCenterToken, "BBDC-" + token).proof == .proved)
    // The 18 characters that the digits and the colon make up: two bits of the last belong to the secret. A digit is one of
    // ten of 64 values of a character's bits, so some changes give another digit.
    #expect(Self.verify(.atlassianDataCenterToken, random.text(44, of: DeclaredTokens.base64)).proof == .disproved)
    #expect(Self.verify(.atlassianDataCenterToken, String(token.dropLast())).proof == .disproved)
  }

  @Test("a bot of Discord has a number, which tells when it was made")
  func discord() {
    let number = (1_600_000_000_000 - 1_420_070_400_000) << 22 | 12_345
    let token =
      Self.base64(Array("\(number)".utf8), url: true, padded: false) + ".Abcdef."
      + MadeUpCredential.password(101, length: 27)
    let verification = Self.verify(.discordToken, token, asOf: Self.day)
    #expect(verification.proof == .proved && verification.facts.map(\.text) == ["It was made on 2020-09-13."])
    #expect(
      Self.verify(.discordToken, "MTIzNDU2.Abcdef." + MadeUpCredential.password(101, length: 27)).proof == .disproved)
    #expect(
      Self.verify(.discordToken, "M" + MadeUpCredential.password(102, length: 23) + ".Abcdef.x").proof == .disproved)
    let hook = "discord.com/api/webhooks/\(number)/" + MadeUpCredential.password(103, length: 68)
    #expect(Self.verify(.discordWebhook, hook, asOf: Self.day).proof == .shaped)
    // Made after the scan.
    #expect(Self.verify(.discordWebhook, hook, asOf: Timestamp("2018-01-01")).proof == .disproved)
  }

  @Test(
    "a random UUID says so, and one that was typed is none",
    arguments: [
      ("3f2504e0-4f89-41d3-9a0c-0305e82c3301", Proof.shaped), ("3F2504E0-4F89-41D3-9A0C-0305E82C3301", .shaped),
      ("pat-na1-3f2504e0-4f89-41d3-9a0c-0305e82c3301", .shaped), ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", .disproved),
      ("3f2504e0-4f89-41d3-7a0c-0305e82c3301", .disproved), ("00000000-0000-4000-8000-000000000000", .disproved),
      ("12345678-1234-4321-8765-1234567890ab", .disproved), ("3f2504e0-4f89-41d3-9a0c-0305e82c330", .disproved),
      ("3f2504e0x4f89-41d3-9a0c-0305e82c3301", .disproved), ("01234567-89ab-4def-8123-456789abcdef", .disproved),
    ])
  func uuid(text: String, expected: Proof) {
    #expect(Self.verify(.uuid4, text).proof == expected)
    if expected == .shaped { #expect(Self.verify(.uuid, text).proof == .shaped) }
  }

  @Test("a UUID whose version or variant is changed is disproved")
  func uuidChanges() {
    var random = SeededGenerator(seed: 104)
    for _ in 0..<50 {
      var text = Array(random.text(32, of: DeclaredTokens.hexDigits))
      text[12] = "4"
      text[16] = random.pick(["8", "9", "a", "b"])
      for place in [20, 16, 12, 8] { text.insert("-", at: place) }
      #expect(Self.verify(.uuid4, String(text)).proof == .shaped)
      for place in [8, 13, 14, 18, 19, 23] {
        var other = text
        other[place] = other[place] == "-" ? "0" : "3"
        #expect(Self.verify(.uuid4, String(other)).proof == .disproved)
      }
    }
  }

  // MARK: Keys

  /// NIST's vectors of the point multiplication (https://www.nist.gov/document/p256vectors, and the order less one).
  @Test(
    "a private key of P-256 is proved by its public key",
    arguments: [
      (
        "0000000000000000000000000000000000000000000000000000000000000001",
        "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
        "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"
      ),
      (
        "0000000000000000000000000000000000000000000000000000000000000002",
        "7CF27B188D034F7E8A52380304B51AC3C08969E277F21B35A60B48FC47669978",
        "07775510DB8ED040293D9AC69F7430DBBA7DADE63CE982299E04B79D227873D1"
      ),
      (
        "000000000000000000000000000000000000000000000000018EBBB95EED0E13",
        "339150844EC15234807FE862A86BE77977DBFB3AE3D96F4C22795513AEAAB82F",
        "B1C14DDFDC8EC1B2583F51E85A5EB3A155840F2034730E9B5ADA38B674336A21"
      ),
      (
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550",
        "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
        "B01CBD1C01E58065711814B583F061E9D431CCA994CEA1313449BF97C840AE0A"
      ),
    ])
  func vapid(key: String, x: String, y: String) {
    func bytes(_ hex: String) -> [UInt8] { TextDecoding.hexUpper.bytes(of: Array(hex.utf8)) ?? [] }
    #expect(P256.isPublicKey(bytes(x) + bytes(y), of: bytes(key)))
    #expect(!P256.isPublicKey(bytes(y) + bytes(x), of: bytes(key)))
    let text = Self.base64(bytes(key), url: true, padded: false)
    let publicKey = Self.base64([4] + bytes(x) + bytes(y), url: true, padded: false)
    #expect(Self.verify(.vapidPrivateKey, text, before: "PUBLIC=\(publicKey)\nPRIVATE=").proof == .proved)
    #expect(Self.verify(.vapidPrivateKey, text, after: "\npublic: '\(publicKey)'").proof == .proved)
    #expect(Self.verify(.vapidPrivateKey, text).proof == .shaped)
    var random = SeededGenerator(seed: 105)
    let survivors = Self.survivors(of: text, alphabet: TokenVectors.base64URL, seed: 106) { changed in
      Self.verify(.vapidPrivateKey, changed, before: "PUBLIC=\(publicKey)\nPRIVATE=").proof == .proved
        ? .proved : .disproved
    }
    // The last character has two bits that stand for nothing.
    #expect(survivors.allSatisfy { $0 == text.count - 1 })
    let other = Self.base64([4] + random.bytes(64), url: true, padded: false)
    #expect(Self.verify(.vapidPrivateKey, text, after: other).evidence.contains("another"))
  }

  @Test("a WireGuard key shows whether wg genkey made it")
  func wireGuard() {
    var random = SeededGenerator(seed: 107)
    var bytes = random.bytes(32)
    bytes[0] &= 0xF8
    bytes[31] = bytes[31] & 0x7F | 0x40
    #expect(Self.verify(.wireGuardKey, Self.base64(bytes)).evidence.contains("one in 32"))
    for (place, mask) in [(0, UInt8(1)), (0, 2), (0, 4), (31, 0x80), (31, 0x40)] {
      var other = bytes
      other[place] ^= mask
      #expect(Self.verify(.wireGuardKey, Self.base64(other)).evidence.contains("has not made it"))
    }
    #expect(Self.verify(.wireGuardKey, Self.base64(random.bytes(32)), before: "PresharedKey = ").evidence.isEmpty)
    #expect(Self.verify(.wireGuardKey, Self.base64(random.bytes(31))).proof == .disproved)
  }

  @Test("a PuTTY key of version 3 is proved by its MAC")
  func putty() {
    var random = SeededGenerator(seed: 108)
    func file(version: Int = 3, encryption: String = "none", change: (inout String) -> Void = { _ in }) -> String {
      let algorithm = "ssh-ed25519"
      let (publicKey, privateKey) = (random.bytes(51), random.bytes(36))
      func string(_ bytes: [UInt8]) -> [UInt8] { [0, 0, UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes }
      let parts = [Array(algorithm.utf8), Array(encryption.utf8), Array("a key".utf8), publicKey, privateKey]
      let code = Digest.hex(Digest.hmac(parts.flatMap(string), key: []))
      let lines = Array(Self.base64(publicKey))
      var text = """
        PuTTY-User-Key-File-\(version): \(algorithm)
        Encryption: \(encryption)
        Comment: a key
        Public-Lines: 2
        \(String(lines.prefix(64)))
        \(String(lines.dropFirst(64)))
        Private-Lines: 1
        \(Self.base64(privateKey))
        Private-MAC: \(code)

        """
      change(&text)
      return text
    }
    #expect(Self.verify(.puttyKey, file()).proof == .proved)
    #expect(Self.verify(.puttyKey, file { $0 = $0.replacing("\n", with: "\r\n") }).proof == .proved)
    #expect(Self.verify(.puttyKey, file { $0 = $0.replacing("a key", with: "b key") }).proof == .disproved)
    #expect(Self.verify(.puttyKey, file(version: 2)).proof == .shaped)
    let encrypted = Self.verify(.puttyKey, file(encryption: "aes256-cbc"))
    #expect(encrypted.proof == .shaped && encrypted.facts.first?.limit == .low)
    // The rule's match ends early; the rest is behind it.
    let text = file()
    let cut = text.index(text.startIndex, offsetBy: 150)
    #expect(Self.verify(.puttyKey, String(text[..<cut]), after: String(text[cut...])).proof == .proved)
    #expect(Self.verify(.puttyKey, String(text[..<cut])).proof != .proved)
  }

  @Test("a keyset of Tink names its primary key")
  func tink() {
    var random = SeededGenerator(seed: 109)
    let value = Self.base64([0x08, 0x00, 0x1A, 0x10] + random.bytes(16))
    let before = #"{"primaryKeyId": 123, "key": [{"keyData": {"typeUrl": "t", "value": ""#
    func after(_ id: Int, _ material: String) -> String {
      #"", "keyMaterialType": "\#(material)"}, "keyId": \#(id)}]}"#
    }
    #expect(Self.verify(.tinkKeyset, value, before: before, after: after(123, "SYMMETRIC")).proof == .proved)
    #expect(Self.verify(.tinkKeyset, value, before: before, after: after(124, "SYMMETRIC")).proof == .shaped)
    #expect(
      Self.verify(.tinkKeyset, value, before: before, after: after(123, "ASYMMETRIC_PUBLIC")).facts.first?.limit
        == .note)
    #expect(Self.verify(.tinkKeyset, Self.base64([0x1A, 0x40] + random.bytes(16)), before: before).proof == .disproved)
    #expect(Self.verify(.tinkKeyset, "not base64!").proof == .disproved)
  }

  // MARK: Wallets

  private static func mnemonic(_ entropy: [UInt8]) -> [String] {
    let words = BIP39Words.list.split(whereSeparator: \.isWhitespace).map(String.init)
    let bits = (entropy + Digest.sha256(entropy).prefix(1)).flatMap { byte in (0..<8).map { Int(byte) >> (7 - $0) & 1 }
    }
    return (0..<entropy.count * 8 / 32 * 33 / 11).map { index in
      words[(0..<11).reduce(0) { $0 << 1 | bits[index * 11 + $1] }]
    }
  }

  /// The list as BIP-39 has it.
  @Test("the list of words is the published one")
  func wordList() {
    let words = BIP39Words.list.split(whereSeparator: \.isWhitespace).map { $0 + "\n" }.joined()
    #expect(
      Digest.hex(Digest.sha256(Array(words.utf8))) == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    )
  }

  @Test("the words of a wallet hold their checksum", arguments: [16, 20, 24, 28, 32])
  func mnemonics(size: Int) {
    var random = SeededGenerator(seed: 110)
    var survivors = 0
    var changes = 0
    for _ in 0..<20 {
      let words = Self.mnemonic(random.bytes(size))
      #expect(Self.verify(.bip39Mnemonic, words.joined(separator: " ")).proof == .proved)
      #expect(Self.verify(.bip39Mnemonic, words.dropLast().joined(separator: " ")).proof == .disproved)
      for place in words.indices {
        var other = words
        other[place] = String(words[place].reversed()) + "q"
        #expect(Self.verify(.bip39Mnemonic, other.joined(separator: " ")).proof == .disproved)
        other[place] = random.pick(Self.mnemonic(random.bytes(32)))
        guard other != words else { continue }
        changes += 1
        if Self.verify(.bip39Mnemonic, other.joined(separator: " ")).proof == .proved { survivors += 1 }
      }
    }
    // Four bits for twelve words, eight for twenty-four: one other word in 16, or in 256, holds by chance.
    #expect(Double(survivors) < 4 * Double(changes) / Double(1 << (size / 4)))
    // The first vector of BIP-39: zeros.
    #expect(
      Self.verify(.bip39Mnemonic, Self.mnemonic([UInt8](repeating: 0, count: 16)).joined(separator: " ")).facts.first?
        .limit == .note)
  }

  @Test("a key of Ethereum is a number below the order of its curve")
  func ethereum() {
    let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
    #expect(Self.verify(.secp256k1Key, order).proof == .disproved)
    #expect(Self.verify(.secp256k1Key, "0x" + order.uppercased()).proof == .disproved)
    #expect(Self.verify(.secp256k1Key, String(order.dropLast()) + "0").proof == .shaped)
    #expect(Self.verify(.secp256k1Key, String(repeating: "f", count: 64)).proof == .disproved)
    #expect(Self.verify(.secp256k1Key, String(repeating: "0", count: 64)).proof == .disproved)
    #expect(Self.verify(.secp256k1Key, String(repeating: "g", count: 64)).proof == .disproved)
  }

  @Test("hashes of passwords have their parts and lengths")
  func hashes() {
    var random = SeededGenerator(seed: 111)
    let crypt = TokenVectors.base62 + "./"
    func text(_ count: Int) -> String { random.text(count, of: crypt) }
    let salt = Self.base64(random.bytes(16), padded: false)
    let hash = Self.base64(random.bytes(32), padded: false)
    let good: [String] = [
      "$2y$10$\(text(53))", "$2b$04$\(text(53))", "$1$\(text(8))$\(text(22))", "$apr1$\(text(8))$\(text(22))",
      "$5$\(text(16))$\(text(43))", "$5$rounds=5000$\(text(8))$\(text(43))", "$6$\(text(16))$\(text(86))",
      "$y$j9T$\(text(22))$\(text(43))", "$argon2id$v=19$m=65536,t=3,p=4$\(salt)$\(hash)",
    ]
    for hash in good {
      #expect(Self.verify(.passwordHash, hash).proof == .proved, "\(hash.prefix(6))")
      #expect(Self.verify(.passwordHash, hash + "!").proof == .disproved, "\(hash.prefix(6))")
      #expect(Self.verify(.passwordHash, hash + "$a").proof == .disproved, "\(hash.prefix(6))")
    }
    #expect(Self.verify(.passwordHash, "$2y$99$" + text(53)).proof == .disproved)
    #expect(Self.verify(.passwordHash, "$2y$10$" + text(52)).proof == .disproved)
    #expect(Self.verify(.passwordHash, "$6$" + text(16) + "$" + text(85)).proof == .disproved)
  }

  @Test(
    "a password in a URL counts for its host",
    arguments: [
      ("@localhost:5432/db", Severity.low), ("@127.0.0.1/db", .low), ("@[::1]:5432", .low),
      ("@db.example.com/x", .note), ("@example.org", .note), ("@host.test:99", .note), ("@example", .note),
      ("@db.internal:5432/x", nil), ("@myexample.com", nil), ("", nil), ("/no/host", nil),
    ] as [(String, Severity?)])
  func host(after: String, limit: Severity?) {
    let verification = Self.verify(.urlPassword, MadeUpCredential.password(112), after: after)
    #expect(verification.proof == .shaped && verification.facts.compactMap(\.limit).first == limit)
  }

  @Test(
    "identifiers tell when they were made",
    arguments: [
      (.objectID, "507f1f77bcf86cd799439011", "2012-10-17"), (.ulid, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "2016-07-30"),
      (.ulid, "01arz3ndektsv4rrffq69g5fav", "2016-07-30"), (.ksuid, "0ujtsYcgvSTl8PAuAdqWYSMnLOv", "2017-10-10"),
      (.unix, "1700000000", "2023-11-14"), (.discordSnowflake, "175928847299117063", "2016-04-30"),
    ] as [(TimeFormat, String, String)])
  func times(format: TimeFormat, text: String, day: String) throws {
    let check = StructureCheck.time(format, since: try #require(Timestamp("2010-01-01")))
    #expect(check.failure(of: Array(text.utf8), asOf: Self.day) == nil)
    #expect(check.facts(of: Array(text.utf8)).map(\.text) == ["It was made on \(day)."])
    #expect(check.failure(of: Array(text.utf8), asOf: Timestamp("2011-01-01")) != nil)
    #expect(check.failure(of: Array(text.utf8.dropLast(20)), asOf: Self.day) != nil)
    let later = StructureCheck.time(format, since: try #require(Timestamp("2024-01-01")))
    #expect(later.failure(of: Array(text.utf8), asOf: Self.day) != nil)
  }
}
