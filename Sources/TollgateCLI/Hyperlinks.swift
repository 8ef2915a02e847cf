import Glibc

/// Whether the terminal opens links (OSC 8), and where they lead.
enum Hyperlinks {
  /// There is no way to ask a terminal; the variables that say which one it is are those that
  /// https://github.com/zkat/supports-hyperlinks and others look at.
  static var areShown: Bool {
    if let forced = Terminal.variable("FORCE_HYPERLINK"), !forced.isEmpty { return forced != "0" }
    guard Terminal.variable("TERM") != "dumb", Terminal.variable("CI", isSet: false) else { return false }
    if let version = Terminal.variable("VTE_VERSION").flatMap({ Int($0) }), version >= 5_000 { return true }
    let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"]
    if programs.contains(Terminal.variable("TERM_PROGRAM") ?? "") { return true }
    if ["KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "ALACRITTY_WINDOW_ID", "DOMTERM"].contains(where: {
      Terminal.variable($0, isSet: true)
    }) {
      return true
    }
    let term = Terminal.variable("TERM") ?? ""
    return ["xterm-kitty", "alacritty", "foot", "xterm-ghostty"].contains { term.hasPrefix($0) }
  }

  /// The address of the folder that `prefix`, which is empty or ends in `/`, leads to from here; `nil` when there is none.
  static func base(of prefix: String) -> String? {
    guard let resolved = unsafe realpath(prefix.isEmpty ? "." : prefix, nil) else { return nil }
    defer { unsafe free(resolved) }
    var name = [CChar](repeating: 0, count: 256)
    let isKnown = unsafe gethostname(&name, name.count - 1) == 0
    let host = isKnown ? String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    let path = unsafe String(cString: resolved)
    return "file://\(encoded(host))\(encoded(path))" + (path.hasSuffix("/") ? "" : "/")
  }

  /// Every byte that a path of a URI does not hold percent-encoded (RFC 3986, 3.3).
  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      if isPlain || "-._~/".utf8.contains(byte) { return String(Character(Unicode.Scalar(byte))) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
