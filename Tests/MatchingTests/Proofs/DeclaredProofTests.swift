import Findings
import RulePacks
import TestSupport
import Testing

@testable import Matching

/// The checksums that the packs declare, held against tokens that are made here from the formula of each kind.
@Suite("Checksums that packs declare")
struct DeclaredProofTests {
  struct Family: Sendable, CustomTestStringConvertible {
    let rule: String
    let alphabet: String
    /// How many characters at the start the checksum does not cover.
    var uncovered = 0
    /// A place, counted from the end, that only the pattern of the rule looks at: a separator, or the mark of the kind.
    var free: Int?
    let make: @Sendable (inout SeededGenerator) -> String
    var testDescription: String { rule }
  }

  private static func azure(
    _ rule: String, _ bytes: Int, _ signature: String, _ seeds: [String], url: Bool = false
  ) -> [Family] {
    seeds.map { seed in
      Family(rule: rule, alphabet: url ? TokenVectors.base64URL : DeclaredTokens.base64) { random in
        let key = DeclaredTokens.azureKey(bytes: bytes, signature: signature, seed: seed, &random, url: url)
        // In a URL the padding has several forms, and no proof looks at it.
        return url ? key.replacing("=", with: "") : key
      }
    }
  }

  static let families: [Family] = {
    let (base62, base64) = (TokenVectors.base62, DeclaredTokens.base64)
    let (base32, base58) = (DeclaredTokens.base32, DeclaredTokens.base58)
    var families: [Family] = [
      Family(rule: "vercel-token", alphabet: base62, uncovered: 4) {
        let body = $0.text(50, of: base62)
        return $0.pick(["vcp_", "vci_", "vca_", "vcr_", "vck_"]) + body + DeclaredTokens.base62(body)
      },
      Family(rule: "zuplo-api-key", alphabet: DeclaredTokens.lower36, uncovered: 5, free: 9) {
        let body = $0.text(32, of: DeclaredTokens.lower36)
        return "zpka_" + body + "_" + DeclaredTokens.hex(TokenVectors.crc32(body))
      },
      Family(rule: "cloudflare-api-token", alphabet: base62, uncovered: 5) {
        let body = $0.text(40, of: base62)
        return $0.pick(["cfut_", "cfat_"]) + body + DeclaredTokens.hex(TokenVectors.crc32(body))
      },
      Family(rule: "cloudflare-api-token", alphabet: base62, uncovered: 4) {
        let body = $0.text(40, of: base62)
        return "cfk_" + body + DeclaredTokens.hex(TokenVectors.crc32(body))
      },
      Family(rule: "confluent-api-secret", alphabet: base64, uncovered: 4) {
        let body = $0.text(54, of: base64)
        let check = DeclaredTokens.littleEndian(TokenVectors.crc32(body))
        return "cflt" + body + DeclaredTokens.text(check, in: base64, bits: 6)
      },
      Family(rule: "grafana-service-account-token", alphabet: DeclaredTokens.lower36, free: 9) {
        let covered = "glsa_" + $0.text(32, of: base62)
        let check = DeclaredTokens.littleEndian(TokenVectors.crc32(covered))
        return covered + "_" + DeclaredTokens.text(check, in: DeclaredTokens.hexDigits, bits: 4)
      },
      Family(rule: "apify-api-token", alphabet: base62) {
        let covered = "apify_api_" + $0.text(30, of: base62)
        let digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return covered + TokenVectors.number(TokenVectors.crc32(covered), in: digits, width: 6)
      },
      Family(rule: "deno-deploy-token", alphabet: base62) {
        let covered = $0.pick(["ddp_", "ddo_"]) + $0.text(30, of: base62)
        return covered + DeclaredTokens.base62(covered)
      },
      Family(rule: "salad-cloud-api-key", alphabet: base62, uncovered: 17) {
        let body = $0.text(43, of: base62)
        return "salad_cloud_user_" + body + DeclaredTokens.base62(body)
      },
      Family(rule: "wandb-api-key", alphabet: base62) {
        let covered = "wandb_v1_" + $0.text(71, of: base62)
        return covered + DeclaredTokens.base62(covered)
      },
      Family(rule: "canva-client-secret", alphabet: TokenVectors.base64URL) {
        let covered = "cnvca" + $0.text(43, of: TokenVectors.base64URL)
        return covered + DeclaredTokens.hex(TokenVectors.crc32(covered))
      },
      Family(rule: "polar-access-token", alphabet: base62, uncovered: 10) {
        let body = $0.text(37, of: base62)
        return $0.pick(["polar_oat_", "polar_pat_"]) + body + DeclaredTokens.base62(body)
      },
      Family(rule: "thunderstore-api-token", alphabet: base62, uncovered: 4) {
        let body = $0.text(30, of: base62)
        return "tss_" + body + DeclaredTokens.base62(body)
      },
      Family(rule: "review-board-api-token", alphabet: base62, uncovered: 4) {
        let body = $0.text(245, of: base62)
        let check = DeclaredTokens.base62(body)
        let swapped = String(check.map { $0.isUppercase ? Character($0.lowercased()) : Character($0.uppercased()) })
        return "rbp_" + body + $0.pick([check, swapped])
      },
      Family(rule: "hex-pm-api-key", alphabet: DeclaredTokens.hexDigits, uncovered: 4) {
        let body = $0.bytes(16)
        let text = DeclaredTokens.text(body, in: DeclaredTokens.hexDigits, bits: 4)
        return "hex_" + text + DeclaredTokens.hex(TokenVectors.crc32(body))
      },
      Family(rule: "nats-seed", alphabet: base32) {
        let body: [UInt8] = [18 << 3 | 5, 0] + $0.bytes(32)
        return DeclaredTokens.text(body + DeclaredTokens.crc16(body), in: base32, bits: 5)
      },
      Family(rule: "stellar-secret-seed", alphabet: base32) {
        let body: [UInt8] = [18 << 3] + $0.bytes(32)
        return DeclaredTokens.text(body + DeclaredTokens.crc16(body), in: base32, bits: 5)
      },
      Family(rule: "bitcoin-private-key", alphabet: base58) {
        DeclaredTokens.base58Check([0x80] + $0.bytes(32) + [1])
      },
      Family(rule: "bitcoin-private-key", alphabet: base58) {
        DeclaredTokens.base58Check([0x04, 0x88, 0xAD, 0xE4] + $0.bytes(74))
      },
      Family(rule: "age-secret-key", alphabet: "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L") { DeclaredTokens.ageKey(&$0) },
      Family(rule: "azure-entra-client-secret", alphabet: base62 + ".-_~", free: 37) {
        let digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~"
        let covered = $0.text(3, of: base62) + "8Q~" + $0.text(31, of: digits)
        let check = DeclaredTokens.marvin(Array(covered.utf8), seed: "AadPwd00")
        return covered + TokenVectors.number(check, in: digits, width: 6).prefix(3)
      },
    ]
    families += [0xE0B9_692D, 0x1019_F92E].map { mask in
      Family(rule: "azure-devops-legacy-token", alphabet: base32.lowercased()) {
        DeclaredTokens.azureDevOps(&$0, mask: mask)
      }
    }
    families += ["azure-devops-token", "azure-ai-services-key"].flatMap { rule in
      [true, false].map { isBase62 in
        Family(rule: rule, alphabet: base62) { DeclaredTokens.annotatedKey(&$0, isBase62: isBase62) }
      }
    }
    for (rule, prefix, count) in [
      ("atlassian-api-token", "ATATT3", 180), ("bitbucket-access-token", "ATCTT3", 120),
      ("bitbucket-app-password", "ATBB", 24),
    ] {
      families.append(
        Family(rule: rule, alphabet: base62) {
          let covered = prefix + $0.text(count, of: base62) + (count > 24 ? "=" : "")
          return covered + DeclaredTokens.hex(TokenVectors.crc32(covered)).uppercased()
        })
    }
    families += azure("azure-storage-key", 64, "+ASt", ["Default0"])
    families += azure("azure-storage-key", 64, "+ABa", ["AbAcct00"])
    families += azure("azure-cosmos-key", 64, "ACDb", ["MastRO00", "MastRW00"])
    families += azure("azure-redis-key", 32, "AzCa", ["Access00"])
    families += azure("azure-messaging-key", 32, "+ASb", ["Send0000", "Manage00"])
    families += azure("azure-messaging-key", 32, "+AEh", ["Listen00"])
    families += azure("azure-messaging-key", 32, "+ARm", ["Send0000"])
    families += azure("azure-iot-key", 32, "AIoT", ["IoTHub00", "DpsKey00", "Device00"])
    families += azure("azure-search-key", 39, "AzSe", ["Query000", "PAdmin00"])
    families += azure("azure-container-registry-key", 39, "+ACR", ["ACRDflt0"])
    families += azure("azure-functions-key", 40, "AzFu", ["Functi00", "System00", "Master00"], url: true)
    families += azure("azure-api-management-key", 64, "APIM", ["Tenant00", "IoTHub00", "Gatewy00", "GitKey00"])
    families += azure("azure-machine-learning-classic-key", 64, "+AMC", ["Classic0"])
    families += azure("azure-machine-learning-classic-key", 64, "+SQL", ["UsrPwd00"])
    return families
  }()

  private static let rules = Result { try RuleLibrary(RuleLibrary.builtIn()) }

  private static func proof(of rule: String) throws -> TokenProof {
    let rule = try #require(try rules.get().textRules.first { $0.metadata.id == rule }, "there is no such rule")
    return try #require(rule.proof)
  }

  @Test("prove the tokens of their kind", arguments: families)
  func valid(family: Family) throws {
    let proof = try Self.proof(of: family.rule)
    var random = SeededGenerator(seed: 81)
    for round in 0..<100 {
      let verification = proof.verify(Array(family.make(&random).utf8))
      #expect(verification.proof == .proved, "seed 81, round \(round): \(verification.evidence)")
    }
  }

  @Test("disprove them when any one character is another", arguments: families)
  func changed(family: Family) throws {
    let proof = try Self.proof(of: family.rule)
    var random = SeededGenerator(seed: 82)
    for round in 0..<2 {
      let token = Array(family.make(&random).utf8)
      for place in family.uncovered..<token.count where place != family.free.map({ token.count - $0 }) {
        let others = (0..<6).map { _ in random.pick(Array(family.alphabet.utf8)) } + [UInt8(ascii: "!"), 0xFF]
        for byte in others where byte != token[place] {
          var other = token
          other[place] = byte
          #expect(proof.verify(other).proof == .disproved, "seed 82, round \(round), place \(place), byte \(byte)")
        }
      }
      // Padding may be there or not.
      for place in family.uncovered..<token.count where token[place] != UInt8(ascii: "=") {
        var shorter = token
        shorter.remove(at: place)
        #expect(proof.verify(shorter).proof == .disproved, "without place \(place)")
      }
    }
  }

  /// What examples of packs are drawn with.
  @Test("are made right by the proof itself, where a formula gives them", arguments: families)
  func completed(family: Family) throws {
    let proof = try Self.proof(of: family.rule)
    guard !["azure-devops-token", "azure-ai-services-key"].contains(family.rule) else { return }
    var random = SeededGenerator(seed: 83)
    let token = Array(family.make(&random).utf8)
    var broken = token
    let last = token.lastIndex { $0 != UInt8(ascii: "=") } ?? 0
    broken[last - 1] = token[last - 1] == family.alphabet.utf8.first ? token[last - 2] : family.alphabet.utf8.first ?? 0
    let repaired = proof.completed(broken).map { proof.verify($0).proof }
    #expect(repaired == .proved)
  }

  @Test("count what a check is worth: a digit or two prove nothing")
  func strength() {
    func proof(_ check: ChecksumCheck) -> Proof {
      let proof = DeclaredProof([.init(.checksum(check))])
      var random = SeededGenerator(seed: 84)
      let token = proof.completed(Array(random.text(24, of: "0123456789").utf8)) ?? []
      return proof.verify(TokenProof.Subject(token)).proof
    }
    let decimal = ChecksumEncoding.digits(Array("0123456789".utf8))
    #expect(proof(ChecksumCheck(.luhn)) == .shaped)
    #expect(proof(ChecksumCheck(.mod97)) == .shaped)
    #expect(proof(ChecksumCheck(.crc8, covers: [Part(0, -3)], check: [Part(-3)], encodings: [decimal])) == .shaped)
    #expect(proof(ChecksumCheck(.crc32, covers: [Part(0, -2)], check: [Part(-2)], encodings: [.bits(.hex)])) == .shaped)
    #expect(proof(ChecksumCheck(.crc32, covers: [Part(0, -8)], check: [Part(-8)], encodings: [.bits(.hex)])) == .proved)
    #expect(
      proof(ChecksumCheck(.sha256, covers: [Part(0, -6)], check: [Part(-6)], encodings: [.bits(.base64URL)])) == .proved
    )
  }

  @Test("write numbers with their own digits, widths and sides")
  func numbers() {
    func text(_ check: ChecksumCheck, count: Int) -> String {
      let value = Array("abc".utf8) + [UInt8](repeating: 0x30, count: count)
      return String(decoding: check.completed(value)?.dropFirst(3) ?? [], as: UTF8.self)
    }
    // CRC-32 of `abc` is 352441c2, or 891568578.
    func check(_ encoding: ChecksumEncoding, _ change: (inout ChecksumCheck) -> Void = { _ in }) -> ChecksumCheck {
      var check = ChecksumCheck(.crc32, covers: [Part(0, 3)], check: [Part(3)], encodings: [encoding])
      change(&check)
      return check
    }
    let decimal = ChecksumEncoding.digits(Array("0123456789".utf8))
    #expect(text(check(.bits(.hex)), count: 8) == "352441c2")
    #expect(text(check(.bits(.hexUpper)), count: 8) == "352441C2")
    #expect(text(check(.bits(.hex)) { $0.order = .little }, count: 8) == "c2412435")
    #expect(text(check(.bits(.hex)) { $0.masks = [0xFFFF_FFFF] }, count: 8) == "cadbbe3d")
    #expect(text(check(.bits(.hex)), count: 3) == "352")
    #expect(text(check(.bits(.base64)), count: 8) == "NSRBwg==")
    #expect(text(check(.bits(.base32)), count: 7) == "GUSEDQQ")
    #expect(text(check(decimal), count: 12) == "000891568578")
    #expect(text(check(decimal) { $0.padding = .right }, count: 12) == "891568578000")
    #expect(text(check(decimal) { $0.width = 12 }, count: 5) == "00089")
    #expect(text(check(.digits(Array("ab".utf8))) { $0.width = 32 }, count: 4) == "aabb")
    // A number that does not fit is not cut without being told to.
    #expect(text(check(decimal), count: 5) == "")
  }

  @Test("say what cannot be meant")
  func problems() {
    func problem(_ check: ChecksumCheck) -> String? { DeclaredProof([.init(.checksum(check))]).problems.first?.message }
    let number = ChecksumEncoding.digits(Array("01".utf8))
    #expect(problem(ChecksumCheck(.crc32, check: [Part(-6)], encodings: [number]))?.contains("overlap") == true)
    #expect(
      problem(ChecksumCheck(.crc32, covers: [Part(0, -6)], encodings: [number]))?.contains("say with check") == true)
    #expect(
      problem(ChecksumCheck(.crc32, covers: [Part(0, -6)], check: [Part(-6)]))?.contains("say with encoding") == true)
    #expect(
      problem(ChecksumCheck(.sha256, covers: [Part(0, -6)], check: [Part(-6)], encodings: [number]))?.contains(
        "too long")
        == true)
    #expect(problem(ChecksumCheck(.luhn, check: [Part(-1)], encodings: [number]))?.contains("stands within") == true)
    #expect(
      problem(ChecksumCheck(.marvin32, covers: [Part(0, -4)], check: [Part(-4)], encodings: [.bytes]))?
        .contains("needs seeds") == true)
    #expect(
      problem(ChecksumCheck(.hmacSHA256, covers: [Part(0, -4)], check: [Part(-4)], encodings: [.bytes]))?
        .contains("needs a key") == true)
    #expect(problem(ChecksumCheck(.crc32, covers: [Part(0, -6)], check: [Part(-6)], encodings: [number])) == nil)
  }
}
