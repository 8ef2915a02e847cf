// A value in a generic form is judged by three things together, for none of them is enough by itself: how strongly its
// name says that it is a credential, how it is given to the name, and whether it looks drawn, chosen by a person, or like
// words, names and code. docs/secrets.md tells it to users; Benchmarks/labels measures it.

internal import Findings

/// What a generic form takes a value for, by the word that its name holds.
enum CredentialKind {
  /// Chosen by people: short, and words in part.
  case password
  /// Given out by a program: long and drawn.
  case secret
  /// Named by a word that has other meanings too: a key, a salt, a nonce, a credential.
  case key
}

/// Tells the values of generic forms that are no credentials.
enum CredentialFilter {
  static func rejects(_ value: ArraySlice<UInt8>, kind: CredentialKind, context: MatchContext?) -> Bool {
    var kind = kind
    // Some forms hold credentials of all kinds: the name tells which.
    if kind == .password, let context, !context.name.isEmpty, !CredentialName.isPassword(context.name) {
      kind = .secret
    }
    guard value.count >= (kind == .password ? 5 : 6), value.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return true }
    let texture = Texture(value)
    // Cheapest first: most of what is matched is a name or a word.
    let drawn = WordModel.drawnBits(of: value)
    let isSalt = kind == .key && context.map { CredentialName.isSalt($0.name) } == true
    guard
      isPlausible(
        value, texture, kind: kind, drawn: drawn, needed: needed(kind, texture, context), isShortAllowed: isSalt,
        isHexAllowed: isSalt || context.map { CredentialName.isStrong($0.name) } == true)
    else { return true }
    if Placeholder.matches(value) || Placeholder.isMadeOfStandIns(value) || Reference.matches(value) { return true }
    if isCode(value, drawn: drawn) || isName(value, drawn: drawn) { return true }
    if isEncodedText(value) || isPercentEncoded(value, kind: kind) { return true }
    guard let context else { return false }
    if CredentialName.tellsOtherwise(context.name, kind: kind) { return true }
    if repeatsName(value, context.name) { return true }
    if context.isArgument && context.between.contains(UInt8(ascii: "(")) && CredentialName.asks(context.name) {
      return true
    }
    return context.file?.isLockfile == true || isElsewhere(value, kind: kind, context)
  }

  /// How drawn a value must look, in bits of ``WordModel/drawnBits(of:)``.
  private static func needed(_ kind: CredentialKind, _ texture: Texture, _ context: MatchContext?) -> Int {
    var needed: Int
    switch kind {
    case .password: needed = texture.isMixed ? -14 : 3
    case .secret: needed = texture.isMixed ? 3 : 10
    case .key: needed = 16
    }
    guard let context else { return needed }
    if kind == .secret, texture.isMixed, CredentialName.isStrong(context.name) { needed -= 7 }
    if kind == .key {
      needed += CredentialName.isStrong(context.name) ? -10 : CredentialName.isBare(context.name) ? 24 : 0
    }
    if context.isArgument { needed += kind == .password ? 5 : context.between.contains(UInt8(ascii: "(")) ? 4 : 8 }
    if context.file?.isTranslation == true { needed = max(needed, 20) }
    if context.isLongLine { needed = max(needed, 8) }
    if context.hasName && !context.isQuoted {
      if context.file?.isCode == true {
        needed = max(needed, 14)
      } else if !context.isTight && !context.standsAlone {
        // A word of a sentence.
        needed = max(needed, 14)
      } else if !texture.isMixed {
        needed = max(needed, 6)
      }
      // `password hunter`, in a file of settings or in a sentence.
      if context.between.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), !context.isTight { needed = max(needed, 10) }
    }
    return needed
  }

  private static func isPlausible(
    _ value: ArraySlice<UInt8>, _ texture: Texture, kind: CredentialKind, drawn: Int, needed: Int,
    isShortAllowed: Bool, isHexAllowed: Bool
  ) -> Bool {
    switch kind {
    case .password:
      // A number is a password only where somebody quoted a long one.
      if texture.letters == 0 { return texture.digits >= 6 && texture.digits == value.count && needed <= 3 }
      if texture.digits == 0 && texture.symbols == 0 { return drawn >= needed }
      if texture.symbols == 0 && Word.matches(value) { return drawn >= max(needed, 3) }
      if texture.digits == 0 { return drawn >= max(needed, texture.isStrongSymbol ? -2 : 4) }
      return drawn >= needed
    case .secret, .key:
      if kind == .key && value.count < (isShortAllowed ? 8 : 16) { return false }
      guard texture.letters > 0 else { return false }
      // Hexadecimal keys and nonces without a telling name are test vectors, identifiers and checksums.
      if kind == .key && !isHexAllowed && value.allSatisfy(\.isHexDigit) { return false }
      if texture.digits == 0 && value.count < 16 { return drawn >= needed + 4 }
      return drawn >= needed
    }
  }

  /// Addresses, paths, selectors, formats, and pieces of programs.
  private static func isCode(_ value: ArraySlice<UInt8>, drawn: Int) -> Bool {
    guard let first = value.first, let last = value.last else { return true }
    let text = Array(value)
    if text.holds(Array("://".utf8)) { return true }
    if "#./^<([{-*".utf8.contains(first) && drawn < 20 { return true }
    if ":([{<,;".utf8.contains(last) || ")]},;=".utf8.contains(first) { return true }
    // What stands between two texts: `"a" + name + "b"`.
    if first == UInt8(ascii: "+") && (last == UInt8(ascii: "+") || value.suffix(2).elementsEqual("+=".utf8)) {
      return true
    }
    // A number, or the address of an account of a block chain.
    if value.starts(with: "0x".utf8) && (value.count <= 12 || value.count == 42) { return true }
    // `$name/more`
    if first == UInt8(ascii: "$"), value.dropFirst().first?.isASCIILetter == true,
      WordModel.drawnBits(of: value.dropFirst()) < 10
        // `$avp(name)`
        || (last == UInt8(ascii: ")")
          && value.dropFirst().drop(while: \.isASCIIAlphanumeric).first == UInt8(ascii: "("))
    {
      return true
    }
    if text.holds(Array("/*".utf8)) { return true }
    if first == UInt8(ascii: "&") && last == UInt8(ascii: ";") { return true }
    // Interpolation: `{user}@{host}`.
    if let open = text.firstIndex(of: UInt8(ascii: "{")), text[open...].contains(UInt8(ascii: "}")) { return true }
    if text.count(where: { $0 == UInt8(ascii: "|") }) >= 2 || hashes.contains(where: { value.starts(with: $0) }) {
      return true
    }
    if expressions.contains(where: { text.holds($0) }) { return true }
    // `a|b`, `a(b)`, `a<b>`: code, unless it looks drawn throughout.
    if drawn < 12 && text.contains(where: { "|<>(){}[]*;\"".utf8.contains($0) }) { return true }
    if let place = text.firstIndex(of: UInt8(ascii: "=")), place > 0, text[place...].contains(where: { $0 != 0x3D }) {
      return drawn < 30
    }
    // A path: parts of words.
    if drawn < 12 || value.count < 12, text.count(where: { $0 == UInt8(ascii: "/") }) >= 2 { return true }
    return first == UInt8(ascii: "/") && drawn < 40
  }

  /// How what is left of a password after hashing begins (https://man7.org/linux/man-pages/man5/crypt.5.html).
  private static let hashes = [
    "$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$7$", "$y$", "$apr1$", "$argon2", "$scrypt", "$pbkdf2", "pbkdf2_",
    "pbkdf2:", "{SHA",
    "{SSHA", "{CRYPT", "scrypt:", "sha256$", "sha1$", "md5$", "bcrypt",
  ].map { Array($0.utf8) }

  /// Pieces of regular expressions.
  private static let expressions = ["[A-Z", "[a-z", "[0-9", "[^", "(?", ".*", ".+", "]+", "]*", ")?"].map {
    Array($0.utf8)
  }

  /// Words and numbers with something between them: `kolla_copr_erlang27_2026`.
  private static func isName(_ value: ArraySlice<UInt8>, drawn: Int) -> Bool {
    guard drawn < 16 else { return false }
    let parts = value.split { "_-.:/".utf8.contains($0) }
    return parts.count > 1
      && parts.allSatisfy { part in
        let letters = part.prefix(while: \.isASCIILetter)
        let rest = part.dropFirst(letters.count)
        guard rest.allSatisfy(\.isASCIIDigit) else { return false }
        return letters.isEmpty || rest.count <= 4 && (letters.count < 4 || WordModel.drawnBits(of: letters) < 3)
      }
  }

  /// Text in Base64 that is no credential once it is decoded: stand-ins, and structures.
  private static func isEncodedText(_ value: ArraySlice<UInt8>) -> Bool {
    guard value.count >= 8, value.count % 4 == 0, let decoded = Base64.decode(value), decoded.count >= 5,
      decoded.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }), let first = decoded.first
    else { return false }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || Placeholder.matches(decoded[...])
      || Placeholder.isMadeOfStandIns(decoded[...])
  }

  /// Whether little is left of a value without what an address writes as `%XX`.
  private static func isPercentEncoded(_ value: ArraySlice<UInt8>, kind: CredentialKind) -> Bool {
    guard value.contains(UInt8(ascii: "%")) else { return false }
    var left: [UInt8] = []
    var rest = value
    var count = 0
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2, rest.prefix(2).allSatisfy(\.isHexDigit) {
        rest = rest.dropFirst(2)
        count += 1
      } else {
        left.append(byte)
      }
    }
    return count > 0
      && (left.count < 6 || WordModel.drawnBits(of: left[...]) < 0 || Placeholder.isMadeOfStandIns(left[...]))
  }

  /// What else stands around a value that is none: a badge, a list of test vectors, a tag of YAML.
  private static func isElsewhere(_ value: ArraySlice<UInt8>, kind: CredentialKind, _ context: MatchContext) -> Bool {
    if !context.isQuoted && context.hasName && value.first == UInt8(ascii: "!") && value.contains(UInt8(ascii: "/")) {
      return true
    }
    if Array(context.before).holds(Array("badge".utf8)) { return true }
    let isCall = context.between.contains(UInt8(ascii: "("))
    if kind == .key {
      let isAssigned =
        context.between.contains { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",") }
        || context.name.last.map { "=:".utf8.contains($0) } == true
      if isCall || !isAssigned || value.contains(UInt8(ascii: ".")) || isUUID(value) { return true }
    }
    let isHexadecimal = value.allSatisfy(\.isHexDigit)
    if isHexadecimal && context.file?.isTestVectors == true { return true }
    if context.hasName, context.file?.isCode == true, !context.isQuoted || context.isLongLine,
      !value.allSatisfy({ $0.isASCIIAlphanumeric || "+/=_-".utf8.contains($0) })
    {
      return true
    }
    guard !isCall, context.between.contains(UInt8(ascii: ",")), !context.between.contains(where: \.isASCIILetter),
      !context.name.starts(with: "--".utf8)
    else { return false }
    // `"password", "value"`: the name is all that stands in its quotes.
    let isWhole =
      context.between.first.map { "\"'".utf8.contains($0) } == true
      && context.before.last.map { "\"':".utf8.contains($0) } == true
    // A test vector: a secret and its hash.
    // `setopt(handle, OPT_PASSWORD, "value")`: the name is a constant.
    let isConstant =
      kind == .password && context.between.first == UInt8(ascii: ",")
      && context.name.allSatisfy { $0.asciiUppercased == $0 }
    return !(isWhole || isConstant) || isHexadecimal
  }

  private static func isUUID(_ value: ArraySlice<UInt8>) -> Bool {
    value.count == 36 && value.count(where: { $0 == UInt8(ascii: "-") }) == 4
      && value.allSatisfy { $0.isHexDigit || $0 == UInt8(ascii: "-") }
  }

  /// Whether the value is its own name, or one within the other: `SECRET_KEY = "secret-key"`.
  private static func repeatsName(_ value: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    let plainValue = value.compactMap { $0.isASCIIAlphanumeric ? $0.asciiLowercased : nil }
    let plainName = name.compactMap { $0.isASCIIAlphanumeric ? $0.asciiLowercased : nil }
    guard plainName.count >= 4, plainValue.count >= 3 else { return false }
    return plainName.holds(plainValue) || (plainValue.holds(plainName) && plainValue.count < plainName.count + 6)
  }

  /// What kinds of characters a value holds.
  struct Texture {
    var letters = 0
    var digits = 0
    var symbols = 0
    var isStrongSymbol = false

    init(_ value: ArraySlice<UInt8>) {
      for byte in value {
        if byte.isASCIILetter {
          letters += 1
        } else if byte.isASCIIDigit {
          digits += 1
        } else if !"_-./:,@ ".utf8.contains(byte) {
          symbols += 1
          if "!#$%^&*?+".utf8.contains(byte) { isStrongSymbol = true }
        } else if byte == UInt8(ascii: "@") {
          isStrongSymbol = true
        }
      }
    }

    /// Letters with digits or with the symbols of passwords among them.
    var isMixed: Bool { letters > 0 && (digits > 0 || (symbols > 0 && isStrongSymbol)) }
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool { isASCIIDigit || (0x61...0x66).contains(self | 0x20) }
}
