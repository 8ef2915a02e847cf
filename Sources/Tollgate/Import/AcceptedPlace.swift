internal import Documents
internal import Findings

/// A finding that somebody accepted in another tool.
struct AcceptedPlace {
  /// The path as that tool wrote it.
  var path: String
  var line: Int
  /// What that tool calls its rule.
  var rule: String
  /// SHA-1 of the value, in hexadecimal, where the tool keeps it.
  var hash: String?
  /// Where it was written down, for people.
  var origin: String
}

/// `.gitleaksignore`: one fingerprint a line, `[commit:]file:rule:line`
/// (https://github.com/gitleaks/gitleaks#gitleaksignore).
enum GitleaksIgnoreFile {
  static func places(
    _ text: String, name: String
  ) -> (places: [AcceptedPlace], dropped: [ImportedConfiguration.Dropped]) {
    var places: [AcceptedPlace] = []
    var dropped: [ImportedConfiguration.Dropped] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let entry = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0].trimmed
      if entry.isEmpty { continue }
      var parts = entry.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      let origin = "\(name), line \(index + 1)"
      guard parts.count >= 3, let last = parts.popLast(), let number = Int(last), let rule = parts.popLast() else {
        dropped.append(.init(what: origin, why: "it is no fingerprint of gitleaks"))
        continue
      }
      if parts.count > 1, parts[0].count == 40, parts[0].allSatisfy(\.isHexDigit) { parts.removeFirst() }
      places.append(
        AcceptedPlace(path: parts.joined(separator: ":"), line: number, rule: "gitleaks/\(rule)", origin: origin))
    }
    return (places, dropped)
  }
}

/// `.secrets.baseline` of detect-secrets (https://github.com/Yelp/detect-secrets): for each file what was found, with the
/// line and a hash of the value.
enum DetectSecretsBaseline {
  static func places(
    _ root: Node, name: String
  ) -> (places: [AcceptedPlace], dropped: [ImportedConfiguration.Dropped]) {
    var places: [AcceptedPlace] = []
    var dropped: [ImportedConfiguration.Dropped] = []
    for (key, list) in root["results"]?.entries ?? [] {
      let path = key.text ?? ""
      for node in list.elements ?? [] {
        let type = node["type"]?.text ?? "secret"
        let line = node["line_number"]?.text.flatMap { Int($0) } ?? 0
        // Whoever audited the baseline said that it is one.
        if node["is_secret"]?.text == "true" {
          dropped.append(
            .init(what: "\(path), line \(line) (\(type))", why: "it was audited as a real secret: revoke it"))
          continue
        }
        places.append(
          AcceptedPlace(
            path: path, line: line, rule: "detect-secrets/\(type)", hash: node["hashed_secret"]?.text,
            origin: "\(name), \(path)"))
      }
    }
    let plugins = root["plugins_used"]?.elementCount ?? 0
    if plugins > 0 { dropped.append(.init(what: "\(plugins) plugins", why: "the built-in packs take their place")) }
    for filter in root["filters_used"]?.elements ?? [] {
      let path = filter["path"]?.text ?? ""
      let patterns = (filter["pattern"]?.elements ?? []).compactMap(\.text)
      if path.hasSuffix("should_exclude_file"), !patterns.isEmpty {
        let globs = patterns.compactMap { PathPattern.globs(of: $0) }.flatMap { $0 }
        let words = globs.isEmpty ? "write --exclude by hand" : globs.map { "--exclude '\($0)'" }.joined(separator: " ")
        dropped.append(.init(what: "excluded files \(patterns.joined(separator: ", "))", why: words))
      }
    }
    return (places, dropped)
  }
}

extension StringProtocol {
  /// Without white space around it.
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
