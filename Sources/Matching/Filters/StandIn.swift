internal import Findings

extension Placeholder {
  /// Whether the letters of a value are nothing but words that people write where a credential belongs, in whatever
  /// order and with a few digits: `mypassword`, `fooBar2`, `test-secret-key-1`.
  static func isMadeOfStandIns(_ value: ArraySlice<UInt8>) -> Bool {
    guard value.count <= 64, value.count(where: { $0.isASCIIDigit }) <= 4 else { return false }
    var letters: [UInt8] = []
    for byte in value {
      if byte.isASCIILetter {
        letters.append(byte.asciiLowercased)
      } else if let last = letters.last, last != 0x20 {
        // Words do not reach over what is between letters.
        letters.append(0x20)
      }
    }
    if letters.last == 0x20 { letters.removeLast() }
    guard letters.count >= 2 else { return false }
    // Which places can be reached by whole words from the start.
    var isReached = [Bool](repeating: false, count: letters.count + 1)
    isReached[0] = true
    for start in letters.indices where isReached[start] {
      if letters[start] == 0x20 {
        isReached[start + 1] = true
        continue
      }
      for word in standIns where letters[start...].starts(with: word) { isReached[start + word.count] = true }
    }
    return isReached[letters.count]
  }

  private static let standIns: [[UInt8]] =
    """
    my your our the a an this that is some any user username admin administrator root test tests testing tester tested example \
    examples sample demo dummy fake mock mocked foo bar baz qux quux foobar spam eggs password passwords passwd pass pwd pw \
    passphrase passcode secret secrets token tokens key keys api access auth authentication authorization client app \
    application id name value val default change changed me here new old current previous wrong right bad good invalid valid \
    correct incorrect not no none null nil empty blank string text abc abcd xyz xxx asdf qwerty login db database server \
    service host local localhost temp tmp placeholder insert enter replace with put set it in super very really so \
    private public signing encryption session cookie credential credentials cred for from to of and or on first second \
    another other one two three random plain hash hashed salt nonce seed jwt oauth bearer basic refresh guest \
    secure unsecure insecure strong weak short long again confirm config env dev prod staging github gitlab aws s v x \
    known unknown hidden expired missing required protected pg postgres postgresql mysql redis mongo mongodb rabbitmq \
    kafka ldap smtp mail email ftp ssh ssl tls http https url sql mariadb kerberos django flask rails \
    utf latin ascii sha md hs rs es ps aes cbc gcm rsa dsa ecdsa ed bcrypt scrypt argon pbkdf hmac int str bool object number \
    boolean array uuid base hex crypt native scram ntlm digest rfc iso
    """.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) }
}
