import Findings
import Scanning
import TestSupport
import Testing

@Suite("Encoded credentials")
struct DecodingTests {
  private static let token = MadeUpCredential.gitHubToken(11)

  private static func line(_ text: String) -> String { "first line\n  value = \"\(text)\"\nlast line\n" }

  /// The finding of the token itself; others, such as an assignment's, do not count.
  private static func github(_ text: String) async -> [Finding] {
    await Scan.text(text).findings.filter { $0.ruleID == RuleID.github }
  }

  private enum RuleID { static let github = "github-personal-access-token" }

  @Test("are found in each encoding, at the place of the encoded text", arguments: 0..<Wrapping.words.count)
  func once(index: Int) async throws {
    let wrapping = Wrapping.words[index]
    let encoded = wrapping.wrap(Self.token)
    let findings = await Self.github(Self.line(encoded))
    let finding = try #require(findings.first, "\(wrapping.encoding)")
    #expect(findings.count == 1)
    #expect(finding.proof == .proved)
    #expect(finding.encodings.map(\.rawValue) == [wrapping.encoding])
    #expect(finding.secret?.exposedBytes == Array(Self.token.utf8))
    #expect(finding.location.region.start == Position(line: 2, column: 12))
    // Padding is no part of what was decoded.
    let end = finding.location.region.end
    #expect(end.line == 2 && end.column == 12 + encoded.utf8.count - encoded.utf8.count { $0 == UInt8(ascii: "=") })
  }

  @Test("are found in every encoding of every encoding", arguments: 0..<Wrapping.words.count)
  func twice(index: Int) async throws {
    let inner = Wrapping.words[index]
    for outer in Wrapping.words {
      let encoded = outer.wrap(inner.wrap(Self.token))
      let findings = await Self.github(Self.line(encoded))
      let finding = try #require(findings.first, "\(outer.encoding) of \(inner.encoding)")
      #expect(finding.encodings.map(\.rawValue) == [outer.encoding, inner.encoding])
      #expect(finding.location.region.start == Position(line: 2, column: 12))
    }
  }

  @Test("are found in literals beside each other and over line ends", arguments: 0..<Wrapping.joints.count)
  func joints(index: Int) async throws {
    let joint = Wrapping.joints[index]
    let findings = await Self.github(Self.line(joint.wrap(Self.token)))
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.encodings.map(\.rawValue) == [joint.encoding])
    #expect(finding.secret?.exposedBytes == Array(Self.token.utf8))
    #expect(finding.location.region.start == Position(line: 2, column: 12))
    // Also when the parts are encoded.
    let encoded = await Self.github(Self.line(joint.wrap(Wrapping.base64.wrap(Self.token))))
    #expect(encoded.first?.encodings.map(\.rawValue) == [joint.encoding, "base64"])
  }

  @Test("are found in chains of encodings in text of any kind", arguments: 0..<UInt64(60))
  func chains(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let token = MadeUpCredential.gitHubToken(seed)
    var encoded = token
    var names: [String] = []
    for _ in 0..<(1 + random.below(DecodingTests.depth)) {
      let wrapping = random.pick(Wrapping.words)
      // What grows beyond all measure is no credential in a file of ours.
      if encoded.utf8.count > 3_000 { break }
      encoded = wrapping.wrap(encoded)
      names.insert(wrapping.encoding, at: 0)
    }
    var before = ""
    for _ in 0..<random.below(30) {
      before += random.pick([
        "x = 1;\n", "# é 漢\n", "if (a % 20 == b) { c(\"%d\\n\"); }\n", "\t\"key\": \"v\\u00e9\",\n", "\r\n",
      ])
    }
    let text = before + "  v: '" + encoded + "' // end\n" + before
    let findings = await Self.github(text)
    let finding = try #require(findings.first, "seed \(seed): \(names)")
    #expect(finding.encodings.map(\.rawValue) == names, "seed \(seed)")
    let start = before.utf8.count + 6
    #expect(finding.location.region.byteRange?.lowerBound == start, "seed \(seed): \(names)")
    #expect(finding.location.region.byteRange.map { $0.upperBound <= start + encoded.utf8.count } == true)
  }

  /// As `DecodingPass.maxDepth`.
  private static let depth = 4

  @Test("are found in text that is wrapped over lines, where the line is")
  func wrapped() async throws {
    let text = String(repeating: "some words before it, ", count: 7) + Self.token + " and after it"
    let encoded = Array(Wrapping.base64.wrap(text))
    for (ending, indent, width) in [("\n", "", 64), ("\r\n", "  ", 76), ("\n", "\t", 40)] {
      let lines = stride(from: 0, to: encoded.count, by: width).map {
        indent + String(encoded[$0..<min($0 + width, encoded.count)])
      }
      let finding = try #require(await Self.github("data:\n" + lines.joined(separator: ending) + ending).first)
      // Three bytes are four characters, counted without the ends of the lines.
      let place = 154 / 3 * 4 + [0, 1, 2][154 % 3]
      #expect(finding.location.region.start.line == 2 + place / width)
      #expect(finding.location.region.start.column == 1 + indent.count + place % width)
      #expect(finding.secret?.exposedBytes == Array(Self.token.utf8))
    }
  }

  @Test("are found in UTF-16 without a mark, also within base 64", arguments: [false, true])
  func utf16(isBigEndian: Bool) async throws {
    let bytes = Array(Self.line(Self.token).utf16(isBigEndian: isBigEndian).dropFirst(2))
    let report = await Scan.bytes(bytes)
    let finding = try #require(report.findings.first)
    #expect(finding.encodings == [.utf16])
    #expect(finding.location.region.start == Position(line: 2, column: 12))
    let start = 2 * ("first line\n  value = \"".utf8.count)
    #expect(finding.location.region.byteRange == start..<start + 2 * Self.token.utf8.count)
    #expect(report.coverage?.files == 1 && report.notifications.isEmpty)
  }

  @Test("that are only partly encoded are found with what is plain")
  func partly() async throws {
    let half = Self.token.dropFirst(6)
    let rows = ["ghp%5F", "ghp\\u005f", "ghp\\x5f", "ghp\\137", "ghp&#95;", "ghp&lowbar;", "ghpU+005F"]
    for row in rows {
      let encoded = row + Self.token.dropFirst(4).prefix(2) + half
      let finding = try #require(await Self.github(Self.line(encoded)).first, "\(row)")
      #expect(finding.location.region.start == Position(line: 2, column: 12), "\(row)")
      #expect(finding.location.region.end.column == 12 + encoded.utf8.count, "\(row)")
    }
  }

  @Test("that stand there as they are too are told of once")
  func plain() async {
    // A web token is base 64 of text; an escape sequence stands beside a token.
    let jwt = MadeUpCredential.jsonWebToken(3)
    let report = await Scan.text("a = '\(jwt)'\n")
    #expect(report.findings.count == 1 && report.findings.first?.encodings == [])
    let beside = await Scan.text("'\(Self.token)' + '\\u0041\\u0042%41'\n")
    #expect(beside.findings.count == 1 && beside.findings.first?.encodings == [])
    let both = await Self.github("\(Self.token)\n\(Wrapping.base64.wrap(Self.token))\n")
    #expect(both.map(\.encodings) == [[], [.base64]])
  }

  @Test("win over what a rule guesses of their encoded form")
  func certain() async {
    let report = await Scan.text("password: \(Wrapping.base64.wrap(Self.token))\n")
    #expect(report.ruleIDs == [RuleID.github])
  }

  @Test("are not shown, neither decoded nor encoded")
  func secrecy() async throws {
    for wrapping in Wrapping.words + Wrapping.joints {
      let encoded = wrapping.wrap(Self.token)
      let report = await Scan.text("a = \"\(encoded)\" # again \(encoded)\n")
      #expect(!report.findings.isEmpty)
      let shown = report.findings.map { "\($0.snippet?.text ?? "") \($0.message)" }.joined()
      #expect(Leak(of: [encoded, Self.token]).found(in: shown) == nil, "\(wrapping.encoding)")
    }
  }

  struct FalseFriend: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
  }

  static let friends = [
    FalseFriend(
      testDescription: "a broken checksum, encoded", text: Wrapping.base64.wrap(MadeUpCredential.brokenGitHubToken(1))),
    FalseFriend(
      testDescription: "a password, encoded", text: Wrapping.base64.wrap("password = '\(MadeUpCredential.password(3))'")
    ),
    FalseFriend(testDescription: "a list of literals", text: "['\(token.prefix(17))', '\(token.dropFirst(17))']"),
    FalseFriend(
      testDescription: "literals with a name between", text: "'\(token.prefix(17))' + x + '\(token.dropFirst(17))'"),
    FalseFriend(
      testDescription: "literals that end with spaces", text: "'\(token.prefix(17)) ' + '\(token.dropFirst(17))'"),
    FalseFriend(
      testDescription: "literals with an empty line between",
      text: "\"\(token.prefix(17))\"; \"\(token.dropFirst(17))\""),
    FalseFriend(testDescription: "a format of printf", text: "printf(\"ghp%5d\(token.dropFirst(4))\")"),
    FalseFriend(
      testDescription: "a line that ends in a backslash", text: "\(token.prefix(17)) \\\n \(token.dropFirst(17))"),
    FalseFriend(
      testDescription: "five encodings", text: (0..<5).reduce(token) { text, _ in Wrapping.base64.wrap(text) }),
    FalseFriend(testDescription: "bytes that are no text", text: Wrapping.hex.wrap("\u{1}\u{2}" + token)),
  ]

  @Test("are not seen where there are none", arguments: friends)
  func falseFriends(row: FalseFriend) async {
    let report = await Scan.text("x = \"\(row.text)\"\n")
    #expect(report.findings.allSatisfy { $0.severity == .note || $0.encodings.isEmpty && $0.ruleID != RuleID.github })
  }

  @Test(
    "in hostile text end",
    arguments: [
      "%25", "\\u0041", "YWFh", "A", "\\", "'a'", "a\" + \"", "&#37;", "=\n", "6161", "MFRGG", "U+0041 ", "a\\\n",
      "%41 ", "_Z2hw",
    ])
  func hostile(piece: String) async {
    let count = 2_000_000 / piece.utf8.count
    let report = await Scan.text(String(repeating: piece, count: count))
    #expect(report.coverage?.files == 1)
    #expect(report.findings.isEmpty)
  }
}
