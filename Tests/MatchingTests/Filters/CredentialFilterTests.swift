import Findings
import TestSupport
import Testing

@testable import Matching

/// Values in generic forms: `«name»` and `‹value›` mark what a pattern would find.
@Suite("Filters of generic forms")
struct CredentialFilterTests {
  private static func rejects(_ filter: ValueFilter, _ line: String, path: String? = nil) -> Bool {
    let marks = Set("«»‹›")
    var bytes: [UInt8] = []
    var places: [Character: Int] = [:]
    for character in line {
      if marks.contains(character) { places[character] = bytes.count } else { bytes += Array(String(character).utf8) }
    }
    let name = places["«"].flatMap { start in places["»"].map { start..<$0 } }
    let value = (places["‹"] ?? 0)..<(places["›"] ?? bytes.count)
    let context = MatchContext(
      name: name, value: value, in: bytes.span, file: path.map { FileTraits(path: SourcePath($0)) })
    return filter.rejects(bytes[value], in: context)
  }

  private static func drawn(_ count: Int, _ alphabet: String = TokenVectors.base62, seed: UInt64 = 71) -> String {
    var random = SeededGenerator(seed: seed)
    return random.text(count - 2, of: alphabet) + "7q"
  }

  @Test(
    "password takes names, words, stand-ins, references and code for none",
    arguments: [
      #"«password» = "‹changeme›""#, #"«password» = "‹mypassword1›""#, #"«password»: "‹required›""#,
      #"«password» = "‹user_password_2›""#, #"«db_password» = "‹DB_PASSWORD›""#, #"«password» = "‹${DB_PASS}›""#,
      #"«password_field» = "‹a7Q!xk29›""#, #"«passwordUrl»: "‹/users/edit/4›""#, #"«hashed_password» = "‹a7Q!xk29›""#,
      #"«password» = "‹{user}-{host}›""#, #"«password» = "‹[A-Za-z]+[0-9]›""#, #"«password» = "‹a|b2|c3|d4›""#,
      #"«password».decode("‹UTF-8›")"#, #"getPassword("‹a7Q!xk29›")"#, #"«password» = "‹%F0%9F%92%A9›""#,
      #"«password»: ‹!encrypted/pkcs1-oaep›"#, #"«password» = "‹sha256›""#, #"«password» = "‹12345678›""#,
      #"«password» = "‹$2a$10$abcdefgh7QxkPw›""#,
    ])
  func notPassword(line: String) {
    let line = line.hasPrefix("get") ? line.replacing("getPassword", with: "«getPassword»") : line
    #expect(Self.rejects(.password, line))
  }

  @Test(
    "password lets pass what people and generators choose",
    arguments: [
      #"«password» = "‹S0mmer!29›""#, #"«db_pwd» = "‹kqzvwxj›""#, #"user.«setPassword»("‹xk29!a7Q›")"#,
      #"if «password» == "‹p1oi2p3i›":"#, #""«password»": "‹tr0ub4dor&3›""#, #"«PASSWORD»=‹xk29a7Qw›"#,
      #"Server=a;User ID=b;«Password»=‹xk29a7Qw›;"#, #"    «password»: ‹xk29a7Qw›"#,
    ])
  func password(line: String) {
    #expect(!Self.rejects(.password, line))
  }

  @Test("secret wants a value that looks drawn, and a name that means one")
  func secret() {
    let value = Self.drawn(24)
    #expect(!Self.rejects(.secret, "«client_secret» = '‹\(value)›'"))
    #expect(!Self.rejects(.secret, "«session_secret»=‹\(value)›"))
    #expect(!Self.rejects(.secret, "«access_key_id» = '‹\(value)›'"))
    #expect(Self.rejects(.secret, "«next_page_token» = '‹\(value)›'"))
    #expect(Self.rejects(.secret, "«token_type» = '‹\(value)›'"))
    #expect(Self.rejects(.secret, "«secret» = '‹kolla_copr_erlang27_jul_2026›'"))
    #expect(Self.rejects(.secret, "«api_key»: '‹application-settings-key›'"))
    #expect(Self.rejects(.secret, "badge.svg?«token»=‹\(value)›"))
  }

  @Test("key wants more than secret does")
  func key() {
    #expect(!Self.rejects(.key, "'«encryption_key»': '‹\(Self.drawn(32))›'"))
    #expect(!Self.rejects(.key, "'«salt»': '‹\(Self.drawn(12))›'"))
    #expect(Self.rejects(.key, "'«row_key»': '‹\(Self.drawn(32))›'"))
    #expect(Self.rejects(.key, "'«public_key»': '‹\(Self.drawn(32))›'"))
    #expect(Self.rejects(.key, "'«sort_key»': '‹customerIdentifier›'"))
  }

  @Test("what kind of file it is counts")
  func files() {
    let value = Self.drawn(32)
    #expect(!Self.rejects(.secret, "\"«api_key»\": \"‹\(value)›\"", path: "config/app.json"))
    #expect(Self.rejects(.secret, "\"«api_key»\": \"‹\(value)›\"", path: "web/package-lock.json"))
    #expect(Self.rejects(.password, "«password»: ‹Paswoort9x›", path: "config/locales/nl.yml"))
    #expect(!Self.rejects(.password, "«password»: ‹paswoort9x›", path: "config/nl.yml"))
    // A bare word of a program is a name.
    #expect(Self.rejects(.password, "connect(«password»=‹password2b›)", path: "a.py"))
  }

  @Test("Base64 is judged by what it encodes")
  func encoded() {
    let standIn = Base64.encode(Array("fake-token".utf8))
    #expect(Self.rejects(.secret, "«token»: '‹\(standIn)›'"))
    #expect(Self.rejects(.secret, "«token»: '‹\(Base64.encode(Array(#"{"foo": "bars"}"#.utf8)))›'"))
    let credentials = Base64.encode(Array("svc:\(Self.drawn(12))".utf8))
    #expect(!ValueFilter.basic.rejects(Array(credentials.utf8)[...]))
    #expect(ValueFilter.basic.rejects(Array(Base64.encode(Array("user:password".utf8)).utf8)[...]))
    #expect(ValueFilter.basic.rejects(Array(Base64.encode(Array("no colon here".utf8)).utf8)[...]))
  }

  @Test("Base64 that was encoded decodes to the same", arguments: 0..<20)
  func base64(count: Int) {
    var random = SeededGenerator(seed: 95)
    let bytes = random.bytes(count)
    #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
  }

  @Test("look at the line of the value only, however long it is")
  func longLines() {
    let line = String(repeating: "a=1; ", count: 500)
    #expect(Self.rejects(.password, "\(line)«password» = \"‹summer456›\"", path: "app.min.js"))
    #expect(!Self.rejects(.password, "\(line)\n«password» = \"‹summer456›\"", path: "app.js"))
  }
}
