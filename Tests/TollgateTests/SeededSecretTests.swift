import Foundation
import TestSupport
import Testing
import Tollgate

/// The promise of the whole program: a value that it found stands nowhere in what it says. Values of many kinds are put
/// into files of many forms, and everything that can be printed is searched for pieces of them.
@Suite("No value that a scan finds")
struct SeededSecretTests {
  private static let tokens = [
    MadeUpCredential.gitHubToken(20), MadeUpCredential.npmToken(20), MadeUpCredential.gitLabToken(20),
    MadeUpCredential.slackToken(20), MadeUpCredential.brokenGitHubToken(21),
  ]
  private static let webToken = MadeUpCredential.jsonWebToken(20)
  private static let password = MadeUpCredential.password(20)
  private static let key = MadeUpCredential.privateKey(20)

  /// What must not show. The lines of the key that say what it is may be seen, and so may the head of a web token.
  private static let leak = Leak(
    of: tokens + [password] + key.dropFirst().dropLast() + webToken.split(separator: ".").dropFirst().map(String.init))

  /// How many values each file holds.
  private static func files() -> [(name: String, bytes: [UInt8], findings: Int)] {
    var files: [(name: String, bytes: [UInt8], findings: Int)] = []
    func add(_ name: String, _ text: String, _ findings: Int = 1) {
      files.append((name + ".txt", Array(text.utf8), findings))
      let units = ([0xFEFF] + Array(text.utf16)).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      files.append((name + ".utf16", units, findings))
      files.append((name + ".latin1", [0xE9, 0x20, 0xFF, 0x0A] + Array(text.utf8), findings))
    }
    let filler = String(repeating: "var f=function(){return 1};", count: 4_000)
    for (index, value) in (tokens + [webToken]).enumerated() {
      add("plain\(index)", "x = \"\(value)\"\n")
      add("bare\(index)", value)
      add("twice\(index)", "x = '\(value)', y = '\(value)'\n", 2)
      add("inWord\(index)", "z\(value)z '\(value)' z\(value)z\n")
      add("long\(index)", filler + "x='\(value)';" + filler)
      for shift in [60, 80, 100, 120] {
        let gap = String(repeating: " ", count: shift)
        add("edge\(index)-\(shift)", filler + "z\(value)z\(gap)'\(value)'\(gap)z\(value)z" + filler)
      }
      add("beside\(index)", "\(value) \(tokens[(index + 1) % tokens.count])\n", 2)
      add("suppressed\(index)", "'\(value)' # tollgate" + ":ignore * \(index) -- \(value)\n")
      add("url\(index)", "https://user:\(value)@host.internal/path\n")
      add("unused\(index)", "# tollgate" + ":ignore no-such-rule -- not \(value)\n", 2)
      add("noReason\(index)", "# tollgate" + ":ignore no-such-rule \(value)\n", 2)
    }
    for name in ["github-personal-access-token", "slack-bot-token"] {
      let value = name.hasPrefix("github") ? tokens[0] : tokens[3]
      add("accepted-\(name)", "'\(value)' # tollgate" + ":ignore \(name) -- it is \(value), 'z\(value)z'\n", 2)
    }
    add("database", "db = postgres://app:\(password)@db.internal/x # \(password) z\(password)z\n")
    add("generic", "password = \"\(password)\"\n")
    add("pem", "key: |\n" + key.map { "  \($0)\n" }.joined())
    add("pemJoined", "{\"key\": \"" + key.joined(separator: "\\n") + "\"}\n")
    add("pemCut", key.dropLast(4).joined(separator: "\n") + "\n")
    return files
  }

  @Test("stands in a format, an event, a dump, an error, or an encoding of one")
  func everything() async throws {
    let scanner = try PolicyScanner()
    let files = Self.files()
    try await TemporaryDirectory.with { directory in
      for file in files { try directory.write(file.bytes, to: file.name) }
      // Also named by a notification: too large, and not to be opened.
      try directory.write(Array((Self.tokens[0] + String(repeating: " ", count: 1 << 20)).utf8), to: "large.txt")
      try directory.write([0] + Array(Self.tokens[0].utf8), to: "binary.txt")
      var request = ScanRequest.directory(directory.path)
      request.maxFileBytes = 1 << 20

      var last: Report?
      for await event in try scanner.events(for: request) {
        Self.expectNoValue(in: "\(event)", "an event")
        Self.expectNoValue(in: String(reflecting: event), "an event")
        if case .finished(let report) = event { last = report }
      }
      let report = try #require(last)
      let counts = Dictionary(grouping: report.findings, by: \.location.path.description).mapValues(\.count)
      for file in files { #expect((counts[file.name] ?? 0) >= (file.findings > 0 ? 1 : 0), "\(file.name)") }

      for format in ReportFormat.allCases {
        for options in [
          RenderOptions(), RenderOptions(isColored: true, width: 20, isVerbose: true),
          RenderOptions(width: 400, pathPrefix: "../", isVerbose: true), RenderOptions(hidesSummary: true),
        ] {
          let output = render(report, as: format, options: options)
          #expect(Self.leak.found(in: output) == nil, "\(format.rawValue)")
        }
      }
      var text = "\(report)" + String(reflecting: report) + "\(Gate(failOn: .note).decide(report))"
      dump(report, to: &text)
      Self.walk(Mirror(reflecting: report), into: &text)
      text += String(decoding: try JSONEncoder().encode(report.findings.compactMap(\.secret)), as: UTF8.self)
      Self.expectNoValue(in: text, "what Swift prints of a report")

      // And once more through our own SARIF.
      let read = try SARIFReader.read(render(report, as: .sarif))
      for format in ReportFormat.allCases { #expect(Self.leak.found(in: render(read, as: format)) == nil) }
    }
  }

  @Test("stands in an error about a pack or a report that holds it")
  func errors() async throws {
    try await TemporaryDirectory.with { directory in
      for value in Self.tokens {
        for text in ["TOKEN=\(value)\n", "pack: '\(value)'\nrules: []\n", "- \(value)\n", "a: [\(value)\n"] {
          try directory.write(text, to: "pack.yaml")
          let error = #expect(throws: RulePackError.self) {
            try PolicyScanner(.init(rulePaths: [directory.path(of: "pack.yaml")]))
          }
          Self.expectNoValue(in: "\(error.map { "\($0)" } ?? "")", "the error of a pack")
        }
        for text in [value, "{\"version\": 1, \"runs\": \"\(value)\"}", "{\"runs\": [\(value)]}", "[\"\(value)\"]"] {
          let error = #expect(throws: ReportError.self) { try SARIFReader.read(Array(text.utf8)) }
          Self.expectNoValue(in: "\(error.map { "\($0)" } ?? "")", "the error of a report")
        }
      }
    }
  }

  private static func expectNoValue(
    in text: String, _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let place = leak.found(in: text)
    #expect(place == nil, what, sourceLocation: sourceLocation)
  }

  private static func walk(_ mirror: Mirror, into text: inout String) {
    for child in mirror.children {
      text += "\(child.label ?? "") \(child.value)\n"
      walk(Mirror(reflecting: child.value), into: &text)
    }
  }
}
