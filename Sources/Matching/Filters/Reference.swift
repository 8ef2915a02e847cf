internal import Findings

/// Values that name where a credential comes from and are none themselves.
enum Reference {
  static func matches(_ value: ArraySlice<UInt8>) -> Bool {
    let text = value.map(\.asciiLowercased)
    guard let first = text.first, let last = text.last else { return true }
    if marks.contains(where: { text.holds($0) }) { return true }
    if first == UInt8(ascii: "<") && last == UInt8(ascii: ">") { return true }
    if first == UInt8(ascii: "[") && last == UInt8(ascii: "]") { return true }
    if first == UInt8(ascii: "%") && (last == UInt8(ascii: "%") || text.count <= 4) { return true }
    // `$NAME`, `@name` and `&name`, `:name` and `*name`: variables of shells, templates, SQL and YAML.
    if [UInt8(ascii: "$"), UInt8(ascii: "@"), UInt8(ascii: "&"), UInt8(ascii: ":"), UInt8(ascii: "*")].contains(first) {
      return text.dropFirst().allSatisfy {
        $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
      }
    }
    return isCallOrPath(value)
  }

  private static let marks = [
    "${", "$(", "$[", "{{", "}}", "{%", "<%", "#{", "%(", "%s", "%d", "%v", "%q", "{0}", "{}", "process.env",
    "os.environ", "getenv",
    "secrets.", "vault:", "env.", "env:", "!secret", "ref+", "op://", "arn:aws:", "keyvault", "::",
  ].map { Array($0.utf8) }

  /// `name(`, `a.b.c`, `a->b`, `name[`: an expression of a programming language.
  private static func isCallOrPath(_ value: ArraySlice<UInt8>) -> Bool {
    guard let first = value.first, first.isASCIILetter || first == UInt8(ascii: "_") else { return false }
    let name = value.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
    let rest = value.dropFirst(name.count)
    if let next = rest.first {
      return next == UInt8(ascii: "(") || next == UInt8(ascii: "[") || rest.starts(with: "->".utf8)
    }
    let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count > 1
      && parts.allSatisfy { part in
        guard let first = part.first, !first.isASCIIDigit else { return false }
        return part.count { $0.isASCIIDigit } * 4 <= part.count
      }
  }
}
