internal import Documents
package import Expressions
internal import Findings

/// Reads one policy file: YAML in, a layer out, every mistake with its place.
package struct PolicyReader {
  /// A policy file larger than this is a mistake.
  package static let maxBytes = 4 << 20
  /// The form of the files that is read.
  static let version = 1

  /// A layer that another one stands on.
  package struct Extension: Sendable {
    /// As it is written, relative to the file that names it.
    package var path: String
    package var sha256: String?
    package var line: Int
    package var column: Int
  }

  package static let keys = [
    "version", "id", "minTollgate", "extends", "trust", "packs", "exclude", "overrides", "rules", "stages", "budgets",
    "require", "grace", "baseline", "exceptions", "report", "tests",
  ]

  let environment: Environment
  let toolVersion: String

  /// - Parameters:
  ///   - functions: what expressions can call besides what `Expressions` has.
  ///   - toolVersion: what `minTollgate` is held against; empty: it is not looked at.
  package init(functions: [Function] = [], toolVersion: String = "") {
    environment = PolicyExpressions.environment(functions: functions)
    self.toolVersion = toolVersion
  }

  /// Reads a policy file.
  package func read(
    _ bytes: [UInt8], file: String
  ) throws(PolicyError) -> (layer: PolicyLayer, extends: [Extension]) {
    let complaints = PolicyComplaints(file: file)
    let root = try Self.root(of: bytes, file: file, what: "policy")
    guard let top = SettingReader(root, of: "the policy", keys: Self.keys, complaints) else {
      throw PolicyError(diagnostics: complaints.all)
    }
    checkHead(top)
    var layer = PolicyLayer(
      id: top.identifier("id", isRequired: false) ?? "policy", file: file, digest: Digest.hex(Digest.sha256(bytes)))
    let extensions = readExtensions(top)
    layer.trust = readTrust(top)
    layer.scan = readScan(top)
    layer.overrides = readOverrides(top)
    layer.rules = readRules(top)
    layer.budgets = readBudgets(top)
    layer.requirements = readRequirements(top)
    layer.stages = readStages(top)
    layer.grace = readGrace(top)
    layer.baseline = readBaseline(top)
    layer.exceptions = readExceptionSettings(top)
    layer.report = readReport(top)
    layer.tests = readTests(top)
    guard complaints.all.isEmpty else { throw PolicyError(diagnostics: Self.sorted(complaints.all)) }
    return (layer, extensions)
  }

  /// Reads a file that holds nothing but exceptions: `version` and `exceptions`.
  package func readExceptions(_ bytes: [UInt8], file: String) throws(PolicyError) -> [PolicyException] {
    let complaints = PolicyComplaints(file: file)
    let root = try Self.root(of: bytes, file: file, what: "file of exceptions")
    guard let top = SettingReader(root, of: "the file of exceptions", keys: ["version", "exceptions"], complaints)
    else { throw PolicyError(diagnostics: complaints.all) }
    checkVersion(top)
    // All of them may have gone.
    let isEmpty = top["exceptions"].map { $0.isNull || $0.elements?.isEmpty == true } ?? true
    let exceptions = isEmpty ? [] : readExceptions(top, key: "exceptions")
    guard complaints.all.isEmpty else { throw PolicyError(diagnostics: Self.sorted(complaints.all)) }
    return exceptions
  }

  private static func root(of bytes: [UInt8], file: String, what: String) throws(PolicyError) -> Node {
    guard bytes.count <= maxBytes else { throw PolicyError(file: file, "the \(what) is larger than \(maxBytes) bytes") }
    let document: Document
    do throws(DocumentError) {
      document = try YAMLReader.read(bytes)
    } catch {
      throw PolicyError(file: file, position: error.position, "not valid YAML: \(error.message)")
    }
    guard let root = document.root else {
      throw PolicyError(file: file, "the \(what) is empty; it begins with version: 1")
    }
    if document.roots.count > 1 {
      throw PolicyError(file: file, position: document.roots[1].position, "a \(what) holds one document")
    }
    return root
  }

  /// In the order of the file; equal ones once.
  private static func sorted(_ diagnostics: [PolicyDiagnostic]) -> [PolicyDiagnostic] {
    diagnostics.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
      .map(\.element).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  // MARK: The head

  private func checkVersion(_ top: SettingReader) {
    if let version = top.count("version", isRequired: true), version != Self.version {
      top.complain("version is \(Self.version): this tollgate knows no other form", at: "version")
    }
  }

  private func checkHead(_ top: SettingReader) {
    checkVersion(top)
    guard let least = top.text("minTollgate") else { return }
    guard let wanted = Self.numbers(least) else {
      top.complain("minTollgate is a version such as 0.2.0", at: "minTollgate")
      return
    }
    if let own = Self.numbers(toolVersion), own.lexicographicallyPrecedes(wanted) {
      top.complain("the policy needs tollgate \(least) or later, and this is \(toolVersion)", at: "minTollgate")
    }
  }

  private static func numbers(_ version: String) -> [Int]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, parts.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else { return nil }
    return parts.compactMap { $0 }
  }

  private func readExtensions(_ top: SettingReader) -> [Extension] {
    top.list("extends").compactMap { node in
      guard let entry = SettingReader(node, of: "an entry of extends", keys: ["path", "sha256"], top.complaints),
        let path = entry.text("path", isRequired: true)
      else { return nil }
      let digest = entry.text("sha256")
      let isHex = digest?.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } ?? true
      if let digest, digest.utf8.count != 64 || !isHex {
        entry.complain("sha256 is 64 hexadecimal digits in lower case: sha256sum \(path)", at: "sha256")
      }
      if path.split(separator: "/").contains("..") || path.hasPrefix("/") {
        entry.complain("path leads out of the repository; name a file below the root", at: "path")
      }
      return Extension(path: path, sha256: digest, line: node.position.line, column: node.position.column)
    }
  }

  private func readTrust(_ top: SettingReader) -> TrustSettings {
    guard
      let trust = top.mapping("trust", keys: ["policyFrom", "protected", "weakening", "inlineSuppressions"])
    else { return TrustSettings() }
    return TrustSettings(
      policyFrom: trust.choice("policyFrom", as: PolicyOrigin.self), protected: paths("protected", of: trust),
      weakening: trust.choice("weakening", as: Effect.self),
      inlineSuppressions: trust.choice("inlineSuppressions", as: InlineSuppressions.self))
  }

  private func readScan(_ top: SettingReader) -> ScanSettings {
    var scan = ScanSettings()
    if let packs = top.mapping("packs", keys: ["builtIn", "paths"]) {
      scan.usesBuiltInRules = packs.flag("builtIn")
      scan.rulePaths = packs.texts("paths").map(\.text)
    }
    scan.excludes = paths("exclude", of: top).map(\.text)
    return scan
  }
}
