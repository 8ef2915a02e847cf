internal import BuiltInRules
internal import Dispatch
internal import Findings
internal import Synchronization

/// All packs that a scan uses, checked against each other.
package struct RuleLibrary: Sendable {
  package let packs: [RulePack]

  /// - Throws: ids that two packs use.
  package init(_ packs: [RulePack]) throws(RulePackError) {
    var owners: [String: RulePack] = [:]
    var diagnostics: [PackDiagnostic] = []
    for pack in packs {
      for rule in pack.rules {
        if let owner = owners[rule.metadata.id] {
          diagnostics.append(
            PackDiagnostic(
              file: pack.file, position: rule.position,
              message: "rule id \(rule.metadata.id) is already used by pack \(owner.name) (\(owner.file))"))
        }
        owners[rule.metadata.id] = pack
      }
    }
    guard diagnostics.isEmpty else { throw RulePackError(diagnostics: diagnostics) }
    self.packs = packs
  }

  /// All rules, in the order of packs and files.
  package var rules: [any PackRule] { packs.flatMap(\.rules) }
  package var textRules: [TextRule] { packs.flatMap(\.textRules) }
  package var documentRules: [DocumentRule] { packs.flatMap(\.documentRules) }

  /// The rule with this id or alias.
  package func rule(named name: String) -> (any PackRule)? {
    rules.first { $0.metadata.id == name } ?? rules.first { $0.metadata.aliases.contains(name) }
  }

  /// SHA-256 over the digests of all packs: one value that names the rules in use.
  package var digest: String {
    Digest.hex(Digest.sha256(packs.flatMap { Array($0.digest.utf8) }))
  }

  /// The packs that are compiled into the program, read when they are first asked for.
  package static let builtInPacks = Result { () throws(RulePackError) in try builtIn() }

  /// Reads the packs that are compiled into the program.
  ///
  /// - Parameter isChecked: compile all patterns and read the examples too. The tests do so; a scan need not.
  package static func builtIn(isChecked: Bool = false) throws(RulePackError) -> [RulePack] {
    let files = BuiltInFile.all
    let results = Mutex([Result<RulePack, RulePackError>?](repeating: nil, count: files.count))
    // Side by side, because this is most of the time that a small scan takes. Dispatch is there anyway: Swift's tasks run
    // on it.
    // The longest first, so that none is left at the end with one.
    let order = files.indices.sorted { files[$0].bytes.count > files[$1].bytes.count }
    DispatchQueue.concurrentPerform(iterations: files.count) { turn in
      let index = order[turn]
      let result = Result { () throws(RulePackError) in try read(files[index], isChecked: isChecked) }
      results.withLock { $0[index] = result }
    }
    var packs: [RulePack] = []
    for case let result? in results.withLock({ $0 }) { packs.append(try result.get()) }
    return packs
  }

  private static func read(_ file: BuiltInFile, isChecked: Bool) throws(RulePackError) -> RulePack {
    let text = isChecked ? file.bytes : RulePackReader.withoutExamples(file.bytes)
    var pack = try RulePackReader(checksPatterns: isChecked).read(text, file: file.name)
    pack.bytes = file.bytes
    return pack
  }
}

/// A pack file as it is embedded in the program.
package struct BuiltInFile: Sendable {
  /// The path in the repository.
  package let name: String
  package let bytes: [UInt8]

  package static var all: [BuiltInFile] {
    (0..<Int(tg_rule_file_count)).map { index in
      let file = unsafe tg_rule_file(Int32(index))
      // `#embed` data: constant, as long as the program runs; the size is the array's own.
      return unsafe BuiltInFile(
        name: String(cString: file.name), bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.size)))
    }
  }
}
