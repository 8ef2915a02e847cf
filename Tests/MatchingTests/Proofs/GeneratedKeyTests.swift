import Findings
import Foundation
import RulePacks
import TestSupport
import Testing

@testable import Matching

/// Keys that other people's programs make, used for nothing and thrown away.
@Suite("Private keys made by")
struct GeneratedKeyTests {
  @Test(
    "openssl are proved, or shaped with a passphrase",
    .enabled(if: path(of: "openssl") != nil, "openssl is not there"),
    arguments: [
      (["genrsa", "-traditional", "2048"], Proof.proved), (["genrsa", "2048"], .proved),
      (["ecparam", "-name", "prime256v1", "-genkey", "-noout"], .proved),
      (["genpkey", "-algorithm", "ed25519"], .proved),
      (["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], .proved),
      (["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes256", "-pass", "pass:a"], .shaped),
      (["genrsa", "-traditional", "-aes128", "-passout", "pass:abcd", "2048"], .shaped),
    ])
  func openSSL(arguments: [String], expected: Proof) async throws {
    let outcome = try await Program.run(try #require(path(of: "openssl")), arguments)
    try #require(outcome.status == 0, "openssl failed")
    try Self.check(outcome.output, is: expected)
  }

  @Test(
    "ssh-keygen are proved, or shaped with a passphrase",
    .enabled(if: path(of: "ssh-keygen") != nil, "ssh-keygen is not there"),
    arguments: [
      (["-t", "ed25519"], "", Proof.proved), (["-t", "ecdsa"], "", .proved),
      (["-t", "rsa", "-b", "2048"], "", .proved),
      (["-t", "ed25519"], "a passphrase", .shaped), (["-t", "rsa", "-b", "2048", "-m", "PEM"], "", .proved),
      (["-t", "rsa", "-b", "2048", "-m", "PKCS8"], "a passphrase", .shaped),
    ])
  func openSSH(arguments: [String], passphrase: String, expected: Proof) async throws {
    let program = try #require(path(of: "ssh-keygen"))
    try await TemporaryDirectory.with { folder in
      let options = ["-q", "-C", "", "-N", passphrase, "-f", folder.path(of: "key")]
      let outcome = try await Program.run(program, arguments + options)
      try #require(outcome.status == 0, "ssh-keygen failed")
      try Self.check(String(decoding: folder.bytes(of: "key") ?? [], as: UTF8.self), is: expected)
    }
  }

  /// Made once for all tests.
  private static let rules = Result { try TextRuleSet(RuleLibrary(RuleLibrary.builtIn()).textRules) }

  /// By the proof alone, and by the built-in rules from within a file. No message shows the key.
  private static func check(_ output: String, is expected: Proof) throws {
    let start = try #require(output.firstRange(of: "-----BEGIN "), "the program made no key").lowerBound
    let key = String(output[start...])
    let set = try rules.get()
    let rules = set.rules
    var scratch = try set.makeScratch()
    for (name, wrap) in PEMKeyFactory.wrappings {
      // In one line a header cannot be told from the body.
      if name == "spaces for line ends", key.contains("DEK-Info") { continue }
      let proof = TokenProof.named(.pemPrivateKey).verify(Array(wrap(key).utf8)).proof
      #expect(proof == expected, "\(name)")
      let text = Array("key = \(wrap(key))\nnext".utf8)
      var found: [Proof] = []
      set.scan(text.span, scratch: &scratch) { match in
        if rules[match.rule].proof == .named(.pemPrivateKey) { found.append(match.proof) }
      } fault: {
        Issue.record("\(name): \($0.message)")
      }
      #expect(found == [expected], "\(name): what the built-in rules find")
    }
  }
}

/// Where a program is that the machine may have.
private func path(of program: String) -> String? {
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}
