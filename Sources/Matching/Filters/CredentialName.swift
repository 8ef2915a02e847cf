internal import Findings

/// What the name of a value says about it.
enum CredentialName {
  /// Whether the name is that of something about a credential, or of another kind of key or token.
  ///
  /// - Parameter kind: what the value would be.
  static func tellsOtherwise(_ name: ArraySlice<UInt8>, kind: CredentialKind) -> Bool {
    var words = NameWords(name)
    var previous: WordCode = 0
    var isBehind = false
    var isAbout = false
    var isAccess = false
    while let word = words.next() {
      if never.contains(word) { return true }
      // The id of an access key is half of a credential.
      let isAccessKeyID = word == id && previous == key && isAccess
      if isBehind && about.contains(word) && !isAccessKeyID { isAbout = true }
      if word == access { isAccess = true }
      if kind != .password, others.contains(previous), keysAndTokens.contains(word) { return true }
      if kind != .password, otherNames.contains(word) { return true }
      // `auth_server_password`: the last word that tells counts.
      if telling.contains(word) {
        isBehind = true
        isAbout = false
      }
      previous = word
    }
    return isAbout
  }

  /// Whether the name asks for a value instead of setting it: `getPassword("a")`.
  static func asks(_ name: ArraySlice<UInt8>) -> Bool {
    // `session.getToken` asks as `getToken` does.
    let last = name.lastIndex(of: UInt8(ascii: ".")).map { name[($0 + 1)...] } ?? name
    var words = NameWords(last)
    guard let first = words.next() else { return false }
    return asking.contains(first)
  }

  /// Whether the name speaks of passwords.
  static func isPassword(_ name: ArraySlice<UInt8>) -> Bool {
    let name = name.map(\.asciiLowercased)
    if passwordMarks.contains(where: { name.holds($0) }) { return true }
    return passwordEnds.contains { name.count >= $0.count && name.suffix($0.count).elementsEqual($0) }
  }

  private static let passwordMarks = [
    "passw", "pwd", "passphrase", "passcode", "pswd", "_pass",
  ].map { Array($0.utf8) }
  private static let passwordEnds = ["pass", "pw"].map { Array($0.utf8) }

  /// Whether the name says no more than `key`.
  static func isBare(_ name: ArraySlice<UInt8>) -> Bool {
    var words = NameWords(name)
    return words.next() == key && words.next() == nil
  }

  /// Whether the name is that of a salt or seed, which may be short.
  static func isSalt(_ name: ArraySlice<UInt8>) -> Bool {
    var words = NameWords(name)
    while let word = words.next() {
      if salts.contains(word) { return true }
    }
    return false
  }

  private static let salts = WordSet("salt pwsalt seed")

  /// Whether the name speaks of API keys, secrets or passwords, not only of keys or tokens.
  static func isStrong(_ name: ArraySlice<UInt8>) -> Bool {
    var words = NameWords(name)
    var previous: WordCode = 0
    while let word = words.next() {
      if strong.contains(word) { return true }
      if strongBefore.contains(previous) && keysAndTokens.contains(word) { return true }
      previous = word
    }
    return false
  }

  private static let id = WordSet.code(of: "id".utf8)
  private static let key = WordSet.code(of: "key".utf8)
  private static let access = WordSet.code(of: "access".utf8)

  /// Words of which a credential's name may consist: a value made of them names, and is none.
  static let telling = WordSet(
    """
    password passwords passwd passwds passphrase passcode pass pwd pw secret secrets token tokens key keys apikey apikeys \
    credential credentials cred creds auth authentication authorization salt nonce seed accesskey authtoken \
    accesstoken privatekey secretkey clientsecret userpass userpwd
    """)
  private static let keysAndTokens = WordSet("key keys token tokens nonce seed cookie")
  private static let strong = WordSet(
    "secret secrets password passwd pwd passphrase apikey secretkey clientsecret privatekey accesskey authtoken accesstoken passcode"
  )
  private static let strongBefore = WordSet(
    "api access auth private secret client bearer bot app application consumer master encryption signing jwt hmac service admin license refresh oauth personal deploy"
  )

  /// What a name may say behind the telling word: then the value is about a credential.
  private static let about = WordSet(
    """
    file files filename path paths dir directory folder location name names hash hashed hashes hasher id ids identifier url \
    urls uri uris link href type types kind field fields label labels hint hints title text txt msg message messages error errors \
    warning policy prompt placeholder length len size count min max minimum maximum regex regexp pattern format \
    prefix suffix header headers param params parameter parameters env var variable mode method methods class provider \
    providers endpoint expiry expires expiration expired expire timeout ttl age lifetime duration strength reset rule rules \
    column columns attr attrs attribute attributes property properties prop option options opt flag arg args argument \
    algorithm algo alg scope scopes index idx alias aliases ref reference references version view form button \
    page screen input controller handler service manager changed required invalid missing incorrect mismatch \
    status state action event request response result description desc help info tooltip comment note template \
    store storage cache list map dict table set group groups role user username owner client server host domain \
    issuer audience claim claims source target callback command cmd script lookup selector xpath query style icon \
    color symbol format encoding charset chars allowed characters validator validation serializer generator factory \
    builder parser reader writer encoder decoder backend plugin module package import suite case cases feature settings \
    setting config configuration enabled disabled required visible visibility updated created date time at on stamp \
    fingerprint thumbprint checksum digest signature uuid guid arn spec schema model entity dto bean resource \
    generate from load administrator decode encode split replace strip join startswith endswith append update equals matches address addresses usage uses limit limits cost price quota permission permissions authority manager grant expiration
    """)

  /// What makes a name the name of something else wherever it stands.
  private static let never = WordSet(
    """
    hash hashed encrypted enc encoded public pub forgot forgotten label placeholder hint md sha checksum digest integrity etag \
    fingerprint thumbprint i18n l10n locale tooltip translation testid dummy fake example placeholders description invalid incorrect missing
    """)

  /// Keys and tokens that open nothing.
  private static let others = WordSet(
    """
    next prev previous page paging pagination continuation sync start starting end input output pad unk eos bos mask sep cls lock \
    idempotency idempotent csrf xsrf request primary foreign partition sort cache routing row hash range object i18n \
    message registry config setting option data json dict map lookup index group sub subgroup metadata meta attribute tag \
    event state query result response change binding hot shortcut arrow escape tab step asset resource resources \
    site recaptcha verification publishable websocket socket type translation label field column record entity item bucket s3 function \
    argument keyword registry window header sub param collection member limit version feature flag comment \
    close open left right begin punctuation operator comma colon string number identifier literal device push resume
    """)
  private static let otherNames = WordSet(
    """
    keyboard keyword keywords keyframe keyframes keycode keydown keyup keypress keystroke keyspace keyring keystore \
    keyfile keyid sortkey hotkey hotkeys csrftoken csrfmiddlewaretoken xsrftoken tokenize tokenizer tokenization tokenizers tokenized author authors authority authorities authorname
    """)

  private static let asking = WordSet(
    """
    get has is find fetch read lookup remove delete assert expect contains validate parse on show hide generate create \
    build make need needs require requires want check allow can should did will test verify load list render print log \
    warn raise throw throws describe it format mock handle register unset pop ask prompt forget reset change
    """)
}
