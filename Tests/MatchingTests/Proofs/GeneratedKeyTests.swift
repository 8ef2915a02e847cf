import Findings
import Foundation
import RulePacks
import Testing

@testable import Matching

/// Keys that other people's programs make, used for nothing and thrown away.
@Suite("Private keys made by")
struct GeneratedKeyTests {
  @Test(
    "openssl are proved, or shaped with a passphrase",
    .enabled(if: Program.path("openssl") != nil, "openssl is not there"),
    arguments: [
      (["genrsa", "-traditional", "2048"], Proof.proved), (["genrsa", "2048"], .proved),
      (["ecparam", "-name", "prime256v1", "-genkey", "-noout"], .proved),
      (["genpkey", "-algorithm", "ed25519"], .proved),
      (["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], .proved),
      (["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes256", "-pass", "pass:a"], .shaped),
      (["genrsa", "-traditional", "-aes128", "-passout", "pass:abcd", "2048"], .shaped),
    ])
  func openSSL(arguments: [String], expected: Proof) throws {
    let output = try Program.run("openssl", arguments)
    try Self.check(output, is: expected)
  }

  @Test(
    "ssh-keygen are proved, or shaped with a passphrase",
    .enabled(if: Program.path("ssh-keygen") != nil, "ssh-keygen is not there"),
    arguments: [
      (["-t", "ed25519"], "", Proof.proved), (["-t", "ecdsa"], "", .proved),
      (["-t", "rsa", "-b", "2048"], "", .proved),
      (["-t", "ed25519"], "a passphrase", .shaped), (["-t", "rsa", "-b", "2048", "-m", "PEM"], "", .proved),
      (["-t", "rsa", "-b", "2048", "-m", "PKCS8"], "a passphrase", .shaped),
    ])
  func openSSH(arguments: [String], passphrase: String, expected: Proof) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tollgate-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "key")
    _ = try Program.run(
      "ssh-keygen", arguments + ["-q", "-C", "", "-N", passphrase, "-f", file.path(percentEncoded: false)])
    try Self.check(String(decoding: try Data(contentsOf: file), as: UTF8.self), is: expected)
  }

  /// By the proof alone, and by the built-in rules from within a file. No message shows the key.
  private static func check(_ output: String, is expected: Proof) throws {
    let start = try #require(output.firstRange(of: "-----BEGIN "), "the program made no key").lowerBound
    let key = String(output[start...])
    let rules = try RuleLibrary(RuleLibrary.builtIn()).rules
    let set = try TextRuleSet(rules)
    var scratch = try set.makeScratch()
    for (name, wrap) in PEMKeyFactory.wrappings {
      // In one line a header cannot be told from the body.
      if name == "spaces for line ends", key.contains("DEK-Info") { continue }
      let proof = TokenProof.pemPrivateKey.verify(Array(wrap(key).utf8)).proof
      #expect(proof == expected, "\(name)")
      let text = Array("key = \(wrap(key))\nnext".utf8)
      var found: [Proof] = []
      set.scan(text.span, scratch: &scratch) { match in
        if rules[match.rule].proof == .pemPrivateKey { found.append(match.proof) }
      } fault: {
        Issue.record("\(name): \($0.message)")
      }
      #expect(found == [expected], "\(name): what the built-in rules find")
    }
  }
}

private enum Program {
  static func path(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func run(_ name: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: path(name) ?? name)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(name) failed with \(process.terminationStatus)")
    return String(decoding: bytes, as: UTF8.self)
  }
}
