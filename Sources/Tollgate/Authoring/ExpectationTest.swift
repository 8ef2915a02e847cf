internal import Findings
internal import RulePacks
internal import Scanning
internal import Sources

// Expectations stand in the files themselves, beside what they are about, so that a new case is one line of a real file.

/// What came of scanning files that say in comments what is to be found in them.
public struct ExpectationOutcome: Sendable {
  public var files: Int
  public var expectations: Int
  /// Where findings and expectations differ, in the order of the files.
  public var differences: [Difference]

  public struct Difference: Hashable, Sendable, CustomStringConvertible {
    /// As the user would name the file.
    public var path: String
    public var line: Int
    public var message: String

    /// `path:line: message`.
    public var description: String { "\(path):\(line): \(message)" }
  }
}

extension PolicyScanner {
  /// Scans a folder and compares the findings with what its files say: `expect: rule-id` in a comment on the line of the
  /// finding, or `expect@+1: rule-id` for another line. Several rules stand with commas between them.
  public func testExpectations(in folder: String) async throws -> ExpectationOutcome {
    let tree: FileTree
    do throws(FileTree.Failure) {
      tree = try FileTree([folder])
    } catch {
      throw ScanRequestError(description: error.description)
    }
    guard let directory = tree.onlyDirectory else {
      throw ScanRequestError(description: "\(SourcePath(folder)) is no folder")
    }
    let report = try await scan(.directory(folder))
    var comparison = ExpectationComparison(folder: folder, below: directory, rules: Set(report.rules.map(\.id)))
    var reader: FileReader
    do throws(SystemError) {
      reader = try FileReader(root: tree.root, limit: OpenedFile.maxBytes)
    } catch {
      throw ScanRequestError(description: "\(error)")
    }
    let files = await tree.list().files
    let findings = Dictionary(grouping: report.findings.filter { !$0.isSuppressed }, by: \.location.path)
    for path in files {
      guard case .read(let count) = reader.read(path) else { continue }
      let bytes = reader.withContents(count) { Array($0) }
      comparison.compare(bytes, path, findings[path] ?? [])
    }
    for notification in report.notifications where notification.level > .note {
      comparison.add(notification.message, path: notification.path, line: 1)
    }
    return ExpectationOutcome(
      files: files.count, expectations: comparison.expectations, differences: comparison.differences)
  }
}

/// Holds findings against expectations, file by file.
struct ExpectationComparison {
  private(set) var expectations = 0
  private(set) var differences: [ExpectationOutcome.Difference] = []
  private let folder: String
  private let below: SourcePath
  private let rules: Set<String>

  init(folder: String, below: SourcePath, rules: Set<String>) {
    self.folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    self.below = below
    self.rules = rules
  }

  mutating func compare(_ bytes: [UInt8], _ path: SourcePath, _ findings: [Finding]) {
    let expected = Expectation.all(in: bytes)
    expectations += expected.count
    var open = findings.map { (line: $0.location.region.start.line, rule: $0.ruleID, message: $0.message) }
    var found: [(line: Int, message: String)] = []
    for expectation in expected {
      if let index = open.firstIndex(where: { $0.line == expectation.line && $0.rule == expectation.rule }) {
        open.remove(at: index)
      } else if rules.contains(expectation.rule) {
        found.append((expectation.line, "\(expectation.rule) is expected and does not fire"))
      } else {
        found.append((expectation.line, "\(expectation.rule) is expected, and no pack has such a rule"))
      }
    }
    found += open.map { ($0.line, "\($0.rule) fires and is not expected: \($0.message)") }
    for (line, message) in found.sorted(by: { ($0.line, $0.message) < ($1.line, $1.message) }) {
      add(message, path: path, line: line)
    }
  }

  mutating func add(_ message: String, path: SourcePath?, line: Int) {
    differences.append(
      ExpectationOutcome.Difference(path: shown(path), line: line, message: ValueText.visible(message)))
  }

  private func shown(_ path: SourcePath?) -> String {
    guard let path else { return folder }
    let prefix = below.bytes.isEmpty ? [] : below.bytes + [UInt8(ascii: "/")]
    guard path.bytes.starts(with: prefix) else { return path.description }
    return "\(SourcePath(folder))/\(SourcePath(bytes: Array(path.bytes.dropFirst(prefix.count))))"
  }
}

/// One rule that a comment expects on a line.
struct Expectation: Hashable {
  var rule: String
  var line: Int

  private static let signs = ["#", "//", "/*", "*", "<!--", "--", ";", "%", "'", "\"", "rem", "REM", "dnl", "{#", "(*"]

  /// Those of a file, in the order in which they are written.
  static func all(in bytes: [UInt8]) -> [Expectation] {
    var expectations: [Expectation] = []
    let lines = LineIndex(bytes.span)
    for line in 1...max(1, lines.lineCount) {
      let range = lines.range(ofLine: line, in: bytes.span)
      let text = String(decoding: bytes[range], as: UTF8.self)
      var rest = text[...]
      while let word = rest.firstRange(of: "expect") {
        var start = text[..<word.lowerBound].suffix(16)
        while start.last == " " || start.last == "\t" { start.removeLast() }
        rest = rest[word.upperBound...]
        guard signs.contains(where: { start.hasSuffix($0) }), let offset = offset(&rest) else { continue }
        for rule in rules(&rest) { expectations.append(Expectation(rule: rule, line: line + offset)) }
      }
    }
    return expectations
  }

  /// Reads `:` or `@+1:`.
  private static func offset(_ rest: inout Substring) -> Int? {
    var offset = 0
    if rest.first == "@" {
      let number = rest.dropFirst().prefix { $0 != ":" }
      guard number.hasPrefix("+") || number.hasPrefix("-"), let value = Int(number), abs(value) <= 1_000_000 else {
        return nil
      }
      offset = value
      rest = rest.dropFirst(1 + number.count)
    }
    guard rest.first == ":" else { return nil }
    rest = rest.dropFirst()
    return offset
  }

  /// Reads `rule-id, other-rule`.
  private static func rules(_ rest: inout Substring) -> [String] {
    var rules: [String] = []
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      let word = rest.prefix { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
      // `-->` ends a comment, not a name.
      let name = word.reversed().drop { $0 == "-" }.reversed()
      rest = rest.dropFirst(word.count)
      if !name.isEmpty { rules.append(String(name)) }
      guard !name.isEmpty, rest.first == "," else { return rules }
      rest = rest.dropFirst()
    }
  }
}
