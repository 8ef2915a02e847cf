internal import Findings
internal import Matching

// The comments of other tools, so that a repository can change to Tollgate, or use it beside them, without writing each
// of its decisions down again. Where each may stand is what its tool says:
//
// - gitleaks, betterleaks: https://github.com/gitleaks/gitleaks#gitleaksallow (a line of the secret)
// - kingfisher: https://github.com/mongodb/kingfisher (inline ignores: a line of the secret, or one beside several lines)
// - trufflehog: https://github.com/trufflesecurity/trufflehog (the line of the secret)
// - detect-secrets: https://github.com/Yelp/detect-secrets#inline-allowlisting
// - ggshield: https://docs.gitguardian.com/ggshield-docs/reference/secret/ignore (the line of the secret)
// - bandit, gosec: https://bandit.readthedocs.io/en/latest/config.html#exclusions, https://github.com/securego/gosec
// - semgrep: https://semgrep.dev/docs/ignoring-files-folders-code (the first line of the match, or the line before)
// - hadolint: https://github.com/hadolint/hadolint#inline-ignores (the line above an instruction; global: the file)
// - zizmor: https://docs.zizmor.sh/usage/#ignoring-results (a line of what is found)
// - checkov: https://www.checkov.io/2.Concepts/Suppressing%20and%20Skipping%20Policies.html (within the block)
// - kics: https://docs.kics.io/latest/running-kics/#using_commands_on_scanned_files_as_comments
// - trivy, tfsec: https://trivy.dev/latest/docs/configuration/filtering/ (the line, or the line above a block)

/// A comment by which another tool is told to pass over a finding.
struct ForeignComment {
  /// Where the comment speaks of.
  enum Scope {
    /// Its own line.
    case line
    /// Its own line and, of a value of several lines, those beside it.
    case lineOrBeside
    case nextLine
    /// Its own line and the next.
    case lineAndNext
    /// The instruction or block that begins below it.
    case blockBelow
    /// Its own line, and the instruction or block that begins below it.
    case lineAndBlockBelow
    /// The block in which it stands.
    case blockAround
    case file
    /// The file, where it is the first thing in it.
    case fileFromHead
  }

  /// What it speaks of.
  enum Target {
    case secrets
    /// What the tool itself finds, and secrets.
    case everything
    case ids([String])
  }

  let tool: String
  let scope: Scope
  let target: Target
  /// From its first word to the end of its line, in bytes of the text.
  let range: Range<Int>

  /// The comments that stand in a line.
  static func comments(in line: Range<Int>, of text: Span<UInt8>) -> [ForeignComment] {
    let bytes = Array(text.extracting(line)).map(\.asciiLowercased)
    var comments: [ForeignComment] = []
    for form in forms {
      var start = 0
      while let place = bytes.firstOffset(of: form.word, from: start) {
        start = place + form.word.count
        // Within a longer word it is another word: `nosecurity`.
        if let before = place > 0 ? bytes[place - 1] : nil, before.isASCIIAlphanumeric || before == UInt8(ascii: "_") {
          continue
        }
        let rest = bytes[start...]
        guard let meaning = form.read(rest) else { continue }
        let end = line.lowerBound + place + form.word.count + trimmedCount(of: rest)
        comments.append(
          ForeignComment(
            tool: meaning.tool ?? form.tool, scope: meaning.scope, target: meaning.target,
            range: line.lowerBound + place..<end))
      }
    }
    return comments
  }

  /// Whether what such a comment speaks of may be more than the lines beside it.
  var reachesFar: Bool {
    switch scope {
    case .line, .lineOrBeside, .nextLine, .lineAndNext: false
    case .blockBelow, .lineAndBlockBelow, .blockAround, .file, .fileFromHead: true
    }
  }

  /// Whether it speaks of what a rule finds.
  func names(_ rule: Rule, isSecret: Bool) -> Bool {
    switch target {
    case .secrets: isSecret
    case .everything: isSecret || rule.aliases.contains { $0.hasPrefix(tool + "/") }
    case .ids(let ids): ids.contains { Self.names($0, rule, tool: tool, isSecret: isSecret) }
    }
  }

  private static func names(_ id: String, _ rule: Rule, tool: String, isSecret: Bool) -> Bool {
    if isSecret, idsOfSecrets.contains(where: { id.hasPrefix($0) }) { return true }
    return rule.aliases.contains { alias in
      guard alias.hasPrefix(tool + "/") else { return false }
      let own = alias.dropFirst(tool.count + 1).lowercased()
      if own == id { return true }
      switch tool {
      // The id of a rule of Semgrep is a path that may be cut at its beginning.
      case "semgrep": return own.hasSuffix("." + id) || id.hasSuffix("." + own)
      case "trivy": return numbered(own) == numbered(id)
      default: return false
      }
    }
  }

  /// What other tools call their checks for hard-coded credentials.
  private static let idsOfSecrets = [
    "ckv_secret_", "b105", "b106", "b107", "g101", "generic.secrets.", "hardcoded_password",
  ]

  /// `AVD-DS-0002`, `DS-0002` and `DS002` are one check of Trivy's.
  private static func numbered(_ id: String) -> String {
    let parts = id.split(separator: "-").filter { $0 != "avd" }
    let text = parts.joined()
    let letters = text.prefix { !$0.isNumber }
    let digits = text.dropFirst(letters.count)
    guard let number = Int(digits) else { return id }
    return "\(letters)\(number)"
  }

  /// How much of the rest of a line belongs to the comment: not its end, not white space.
  private static func trimmedCount(of rest: ArraySlice<UInt8>) -> Int {
    var rest = rest
    for end in ["-->", "*/", "--}}", "#}", "%>"] {
      if let range = rest.firstRange(of: Array(end.utf8)) { rest = rest[..<range.lowerBound] }
    }
    while let last = rest.last, last <= 0x20 { rest.removeLast() }
    return rest.count
  }
}
