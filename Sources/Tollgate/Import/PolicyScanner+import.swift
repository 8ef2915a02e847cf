internal import Documents
internal import Findings
internal import RulePacks
internal import Sources

extension PolicyScanner {
  /// Turns a configuration of another tool into a rule pack or exceptions.
  ///
  /// It may be `gitleaks.toml`, a `.gitleaksignore`, or a `.secrets.baseline` of detect-secrets; what it is, is told by
  /// its name and content. For exceptions the files that it names are scanned, beside it, and what this scanner finds at
  /// the accepted places is excepted by its fingerprint: nothing else, and not when it changes.
  /// - Parameter file: a path in the file system.
  public func importConfiguration(_ file: String, options: ImportOptions = ImportOptions()) async throws
    -> ImportedConfiguration
  {
    let (name, bytes) = try Self.read(file)
    if name.lowercased().hasSuffix("gitleaksignore") {
      let (places, dropped) = GitleaksIgnoreFile.places(String(decoding: bytes, as: UTF8.self), name: name)
      return try await exceptions(for: places, dropped, beside: file, options)
    }
    if name.lowercased().hasSuffix(".toml") {
      var configuration = GitleaksConfiguration(library: library, includesCovered: options.includesCovered)
      return configuration.read(try Self.configuration(in: bytes, of: file))
    }
    if let root = try? JSONReader.read(bytes).root, root["results"]?.entries != nil {
      let (places, dropped) = DetectSecretsBaseline.places(root, name: name)
      return try await exceptions(for: places, dropped, beside: file, options)
    }
    throw ImportError(
      "\(file) is none of gitleaks.toml, .gitleaksignore and .secrets.baseline, by its name and content")
  }

  private static func configuration(in bytes: [UInt8], of file: String) throws(ImportError) -> Node {
    let root: Node?
    do throws(DocumentError) {
      root = try TOMLReader.read(bytes).root
    } catch {
      throw ImportError("\(file):\(error.description)")
    }
    let keys = ["rules", "allowlist", "allowlists", "extend"]
    guard let root, keys.contains(where: { root[$0] != nil }) else {
      throw ImportError("\(file) is no configuration of gitleaks: it has none of \(keys.joined(separator: ", "))")
    }
    return root
  }

  private static func read(_ file: String) throws(ImportError) -> (name: String, bytes: [UInt8]) {
    do throws(FileError) {
      let opened = try OpenedFile(file)
      return (SourcePath(bytes: Array(opened.path.name)).description, opened.bytes)
    } catch {
      throw ImportError(error.description)
    }
  }

  private func exceptions(
    for places: [AcceptedPlace], _ dropped: [ImportedConfiguration.Dropped], beside file: String,
    _ options: ImportOptions
  ) async throws -> ImportedConfiguration {
    let writer = try ImportedExceptionWriter(options)
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    var dropped = dropped
    var files: [ScanRequest.File] = []
    var missing: Set<String> = []
    for path in Set(places.map(\.path)).sorted() {
      // Only below the folder of the file: whoever wrote it does not choose what is read.
      let isBelow = !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
      if isBelow, let opened = try? OpenedFile(folder + path) {
        files.append(ScanRequest.File(path: path, bytes: opened.bytes))
      } else {
        missing.insert(path)
      }
    }
    let report = try await scan(ScanRequest(.files(files)))
    let byPath = Dictionary(grouping: report.findings) { $0.location.path }
    var accepted: [(finding: Finding, origin: String)] = []
    var silent = 0
    for place in places {
      if missing.contains(place.path) {
        dropped.append(
          .init(what: "\(place.origin): \(place.rule)", why: "there is no file \(place.path) below its folder"))
        continue
      }
      let found = (byPath[SourcePath(place.path)] ?? []).filter { matches($0, place) }
      if found.isEmpty { silent += 1 }
      accepted += found.map { ($0, place.origin) }
    }
    if silent > 0 {
      dropped.append(
        .init(what: "\(silent) entries", why: "Tollgate finds nothing of the kind there, or the value has changed"))
    }
    let carried =
      accepted.isEmpty
      ? [] : ["\(places.count - silent - dropped.count { $0.why.hasPrefix("there is no file") }) accepted findings"]
    return ImportedConfiguration(
      form: .exceptions, text: accepted.isEmpty ? "" : writer.text(accepted), carried: carried, dropped: dropped,
      isEmpty: accepted.isEmpty)
  }

  /// Whether a finding is what was accepted: by the value where the tool keeps its hash, else by the line and the rule.
  private func matches(_ finding: Finding, _ place: AcceptedPlace) -> Bool {
    let region = finding.location.region
    let isThere = (region.start.line...region.end.line).contains(place.line)
    if let hash = place.hash, let secret = finding.secret {
      // Of a private key detect-secrets keeps the first line alone.
      if place.rule.hasSuffix("/Private Key") { return isThere }
      return SHA1.hex(secret.exposedBytes) == hash
    }
    guard isThere else { return false }
    let names = [finding.ruleID] + finding.alsoMatched
    let rules = names.compactMap { library.rule(named: $0)?.metadata }
    return finding.secret != nil || rules.contains { $0.aliases.contains(place.rule) }
  }
}
