internal import Findings
internal import Matching

extension ForeignComment {
  /// What follows the word of a comment, read.
  struct Meaning {
    var scope: Scope
    var target: Target
    /// Where the word belongs to several tools.
    var tool: String?

    init(_ scope: Scope, _ target: Target, tool: String? = nil) {
      self.scope = scope
      self.target = target
      self.tool = tool
    }
  }

  /// One way to write a comment: the word that it is found by, in lower case, and what may follow.
  struct Form {
    let tool: String
    let word: [UInt8]
    /// - Returns: `nil` when it is no such comment.
    let read: @Sendable (ArraySlice<UInt8>) -> Meaning?

    init(_ tool: String, _ word: String, _ read: @escaping @Sendable (ArraySlice<UInt8>) -> Meaning?) {
      self.tool = tool
      self.word = Array(word.utf8)
      self.read = read
    }
  }

  /// One line for each.
  static let forms: [Form] = [
    Form("gitleaks", "gitleaks:allow") { word($0, Meaning(.line, .secrets)) },
    Form("betterleaks", "betterleaks:allow") { word($0, Meaning(.line, .secrets)) },
    Form("kingfisher", "kingfisher:ignore") { word($0, Meaning(.lineOrBeside, .secrets)) },
    Form("kingfisher", "kingfisher:allow") { word($0, Meaning(.lineOrBeside, .secrets)) },
    Form("trufflehog", "trufflehog:ignore") { word($0, Meaning(.line, .secrets)) },
    Form("detect-secrets", "pragma: allowlist secret") { word($0, Meaning(.line, .secrets)) },
    Form("detect-secrets", "pragma: allowlist nextline secret") { word($0, Meaning(.nextLine, .secrets)) },
    Form("detect-secrets", "pragma: whitelist secret") { word($0, Meaning(.line, .secrets)) },
    Form("ggshield", "ggignore") { word($0, Meaning(.line, .secrets)) },
    Form("bandit", "nosec") { nosec($0) },
    Form("semgrep", "nosemgrep") { ids($0, .lineAndNext) },
    Form("hadolint", "hadolint ignore") { rest in value(rest).map { Meaning(.blockBelow, .ids($0)) } },
    Form("hadolint", "hadolint global ignore") { rest in value(rest).map { Meaning(.file, .ids($0)) } },
    Form("zizmor", "zizmor: ignore[") { bracketed($0) },
    Form("checkov", "checkov:skip=") { checkov($0) },
    Form("kics", "kics-scan ignore-line") { word($0, Meaning(.nextLine, .everything)) },
    Form("kics", "kics-scan ignore-block") { word($0, Meaning(.blockBelow, .everything)) },
    Form("kics", "kics-scan ignore") { word($0, Meaning(.fileFromHead, .everything)) },
    Form("kics", "kics-scan disable") { rest in value(rest).map { Meaning(.fileFromHead, .ids($0)) } },
    Form("trivy", "trivy:ignore:") { dated($0) },
    Form("tfsec", "tfsec:ignore:") { dated($0) },
  ]

  /// The words by which comments that reach further than their line are found in a file.
  static let farWords = ["hadolint ", "checkov:skip=", "kics-scan ", "trivy:ignore:", "tfsec:ignore:"].map {
    Array($0.utf8)
  }
  /// The tools whose comments those are.
  static let farTools = ["hadolint/", "checkov/", "kics/", "trivy/", "tfsec/"]

  /// Nothing of the word may follow: `gitleaks:allowed` is another one.
  private static func word(_ rest: ArraySlice<UInt8>, _ meaning: Meaning) -> Meaning? {
    guard let next = rest.first else { return meaning }
    return isOfID(next) ? nil : meaning
  }

  private static func isOfID(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  /// `# nosec`, `# nosec B105, B106`, `#nosec G101 -- reason`.
  private static func nosec(_ rest: ArraySlice<UInt8>) -> Meaning? {
    if let next = rest.first, isOfID(next) { return nil }
    var list: [String] = []
    for item in rest.split(whereSeparator: { [32, 9, UInt8(ascii: ","), UInt8(ascii: ":")].contains($0) }) {
      let name = String(decoding: item, as: UTF8.self)
      let isID =
        item.count >= 4 && [UInt8(ascii: "b"), UInt8(ascii: "g")].contains(item[item.startIndex])
        && item.dropFirst().allSatisfy(\.isASCIIDigit)
      guard isID || name.hasPrefix("hardcoded_password") else { break }
      list.append(name)
    }
    let tool = list.first?.hasPrefix("g") == true ? "gosec" : "bandit"
    return Meaning(.line, list.isEmpty ? .everything : .ids(list), tool: tool)
  }

  /// Nothing: everything; `: a.b.c, d`: those.
  private static func ids(_ rest: ArraySlice<UInt8>, _ scope: Scope) -> Meaning? {
    if let next = rest.first, isOfID(next) { return nil }
    let text = rest.drop { $0 == 32 }
    guard text.first == UInt8(ascii: ":") else { return Meaning(scope, .everything) }
    let list = names(text.dropFirst())
    return Meaning(scope, list.isEmpty ? .everything : .ids(list))
  }

  /// `=a,b`
  private static func value(_ rest: ArraySlice<UInt8>) -> [String]? {
    let text = rest.drop { $0 == 32 || $0 == 9 }
    guard text.first == UInt8(ascii: "=") else { return nil }
    let list = names(text.dropFirst())
    return list.isEmpty ? nil : list
  }

  private static func bracketed(_ rest: ArraySlice<UInt8>) -> Meaning? {
    guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let list = names(rest[..<end])
    return list.isEmpty ? nil : Meaning(.line, .ids(list))
  }

  private static func checkov(_ rest: ArraySlice<UInt8>) -> Meaning? {
    let list = names(rest)
    guard let first = list.first else { return nil }
    // Of a secret it speaks from its own line or the line above; of a check from within the block.
    return Meaning(first.hasPrefix("ckv_secret_") ? .lineAndNext : .blockAround, .ids(list))
  }

  /// One with a date of its own is not honoured: whether it still holds would depend on the day of the scan.
  private static func dated(_ rest: ArraySlice<UInt8>) -> Meaning? {
    let text = rest.prefix { $0 > 0x20 }
    guard text.firstRange(of: Array(":exp:".utf8)) == nil, text.firstRange(of: Array(":ws:".utf8)) == nil else {
      return nil
    }
    let list = names(rest)
    if list.isEmpty { return text.first == UInt8(ascii: "*") ? Meaning(.lineAndBlockBelow, .everything) : nil }
    return Meaning(.lineAndBlockBelow, .ids(list))
  }

  /// A list of names divided by commas; it ends where something else stands.
  private static func names(_ text: ArraySlice<UInt8>) -> [String] {
    var names: [String] = []
    var rest = text.drop { $0 == 32 || $0 == 9 }
    while true {
      let name = rest.prefix { isOfID($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
      guard !name.isEmpty else { return names }
      names.append(String(decoding: name, as: UTF8.self))
      rest = rest[name.endIndex...].drop { $0 == 32 || $0 == 9 }
      guard rest.first == UInt8(ascii: ",") else { return names }
      rest = rest.dropFirst().drop { $0 == 32 || $0 == 9 }
    }
  }
}
