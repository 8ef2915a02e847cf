/// The value of a basic authorization header: user name and password in Base64
/// (https://www.rfc-editor.org/rfc/rfc7617#section-2).
enum BasicCredentialsFilter {
  /// Whether it does not decode to a user name and a password that could be one.
  static func rejects(_ value: ArraySlice<UInt8>) -> Bool {
    guard let decoded = Base64.decode(Array(value)),
      decoded.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }),
      let colon = decoded.firstIndex(of: UInt8(ascii: ":"))
    else { return true }
    let password = decoded[(colon + 1)...]
    guard password.count >= 3, !samples.contains(where: { password.elementsEqual($0) }) else { return true }
    if Placeholder.matches(password) || Placeholder.isMadeOfStandIns(password) || Reference.matches(password) {
      return true
    }
    return false
  }

  /// The passwords of the samples in RFC 7617 and RFC 6749, which everybody copies.
  private static let samples = ["open sesame", "opensesame", "gX1fBat3bV", "7Fjfp0ZBr1KtDRbnfVdmIw"].map {
    Array($0.utf8)
  }
}
