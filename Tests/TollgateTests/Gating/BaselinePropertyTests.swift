import Findings
import Foundation
import Gating
import TestSupport
import Testing
import Tollgate

/// What baselines promise, on real files: after edits that change nothing of a credential it is known again, and another
/// credential never is.
@Suite("Baselines over real files")
struct BaselinePropertyTests {
  private struct File {
    var path: String
    var lines: [String]
    var ending = "\n"
    var bytes: [UInt8] { Array(lines.joined(separator: ending).utf8) }
  }

  /// Files of this repository.
  private static let real: [File] = {
    let root = URL(filePath: Repository.root)
    var files: [File] = []
    for folder in ["Sources", "docs", "scripts", "Tests/TestSupport"] {
      let names = (try? FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
      for name in names.sorted() {
        let path = folder + "/" + name
        guard let bytes = Repository.bytes(path), bytes.count < 20_000, !bytes.contains(0) else { continue }
        files.append(
          File(
            path: path,
            lines: String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
              String.init)))
      }
    }
    return files
  }()

  private static func credential(_ random: inout SeededGenerator) -> String {
    let seed = random.next()
    switch random.below(4) {
    case 0: return MadeUpCredential.gitHubToken(seed)
    case 1: return MadeUpCredential.npmToken(seed)
    case 2: return MadeUpCredential.gitLabToken(seed)
    default: return MadeUpCredential.slackToken(seed)
    }
  }

  /// A line of code that holds a value.
  private static func line(_ value: String, _ random: inout SeededGenerator) -> String {
    random.pick([
      "token = \"\(value)\"", "  - name: TOKEN\n    value: '\(value)'", "curl -H 'X-Key: \(value)' https://host",
      "let key = \"\(value)\"  // the key",
    ])
  }

  private static func scan(_ files: [File], _ scanner: PolicyScanner) async throws -> Report {
    let report = try await scanner.scan(
      ScanRequest(.files(files.map { ScanRequest.File(path: $0.path, bytes: $0.bytes) })))
    return report
  }

  /// Edits that leave every credential as it is.
  private static func edit(_ files: inout [File], _ random: inout SeededGenerator) {
    for index in files.indices {
      if random.once(in: 2) {
        let count = 1 + random.below(20)
        let place = random.below(files[index].lines.count + 1)
        files[index].lines.insert(contentsOf: (0..<count).map { "// a new line \($0) \(random.next())" }, at: place)
      }
      if random.once(in: 3) {
        let indent = random.pick(["\t", "    ", " "])
        files[index].lines = files[index].lines.map { indent + $0 }
      }
      if random.once(in: 4) { files[index].ending = "\r\n" }
      if random.once(in: 4) { files[index].path = "moved\(random.below(3))/" + files[index].path }
      if random.once(in: 5) {
        // A part of the file moves within it.
        let start = random.below(files[index].lines.count)
        let part = files[index].lines[start...].prefix(30)
        files[index].lines.removeSubrange(start..<start + part.count)
        files[index].lines.insert(contentsOf: part, at: random.below(files[index].lines.count + 1))
      }
      if random.once(in: 8) {
        // Another file takes over a part of this one.
        let other = random.below(files.count)
        let start = random.below(files[index].lines.count)
        let part = Array(files[index].lines[start...].prefix(40))
        files[index].lines.removeSubrange(start..<start + part.count)
        files[other].lines.insert(contentsOf: part, at: random.below(files[other].lines.count + 1))
      }
    }
  }

  @Test(
    "99 of 100 findings are known after random edits, and no value is ever taken for another", arguments: 0..<UInt64(6))
  func edits(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let scanner = try PolicyScanner()
    var files = (0..<60).map { _ in random.pick(Self.real) }
    for index in files.indices { files[index].path = "\(index)/\(files[index].path)" }
    var values = (0..<80).map { _ in Self.credential(&random) }
    for value in values {
      // Some stand in several places.
      for _ in 0..<(random.once(in: 6) ? 1 + random.below(3) : 1) {
        let file = random.below(files.count)
        files[file].lines.insert(Self.line(value, &random), at: random.below(files[file].lines.count + 1))
      }
    }
    let before = try await Self.scan(files, scanner)
    #expect(before.findings.count >= 80)
    var valueOf: [String: [UInt8]] = [:]
    for finding in before.findings { valueOf[finding.fingerprint.digest] = finding.secret?.exposedBytes }
    let day = Day(number: 20_000)
    let baseline = try Baseline(Baseline(before, since: day).bytes, file: "b")

    // Some values go, and others take their lines: what was known must not cover for them.
    values.shuffle(using: &random)
    let replaced = values.prefix(15)
    for value in replaced {
      let other = Self.credential(&random)
      for index in files.indices {
        files[index].lines = files[index].lines.map { $0.replacing(value, with: other) }
      }
    }
    Self.edit(&files, &random)
    let after = try await Self.scan(files, scanner)

    let matching = BaselineMatching(after.findings, baseline)
    var (kept, known, wrong, falselyKnown) = (0, 0, 0, 0)
    for (finding, match) in zip(after.findings, matching.matches) where finding.secret != nil {
      let value = finding.secret?.exposedBytes
      let wasThere = valueOf.values.contains { $0 == value }
      if wasThere { kept += 1 }
      guard let match else { continue }
      if valueOf[baseline.entries[match.entry].digest] != value { wrong += 1 }
      if !wasThere { falselyKnown += 1 }
      if wasThere, match.state == .existing || match.state == .moved { known += 1 }
    }
    #expect(wrong == 0 && falselyKnown == 0)
    #expect(kept >= 60)
    #expect(Double(known) >= 0.99 * Double(kept), "\(known) of \(kept)")
  }

  @Test("a baseline shows no value")
  func secrecy() async throws {
    let value = MadeUpCredential.gitHubToken(7)
    let report = try await Self.scan([File(path: "a.py", lines: ["x = '\(value)'"])], try PolicyScanner())
    let text = String(decoding: Baseline(report).bytes, as: UTF8.self)
    #expect(report.findings.count == 1)
    for length in [8, 12, 20] { #expect(!text.contains(value.dropFirst(4).prefix(length))) }
  }
}
