import TestSupport
import Testing

@testable import Matching

@Suite("Value filters")
struct ValueFilterTests {
  private static func rejects(_ filter: ValueFilter, _ value: String) -> Bool {
    filter.rejects(Array(value.utf8)[...])
  }

  @Test(
    "placeholder takes what stands in for a value",
    arguments: [
      "", "xxxxxxxxxxxx", "XXXXXXXX", "********", "........", "--------", "aaaa", "0000000000000000", "abababababab",
      "aaaaaaaaaaaaaaaaaaaab7", "abcdefghijklmnop", "0123456789", "9876543210", "1234567890abcdef", "changeme",
      "ChangeMe123", "your-api-key", "YOUR_TOKEN_HERE", "my-example-key", "exampleKey42", "dummy", "test", "test-1b9d",
      "the_password", "replace-me", "<your token>", "placeholder", "foo-bar", "abc123", "key_abc123", "secret", "null",
      "deadbeefdeadbeef", "hunter2", "fake_9f8e7d6c", "not-real-at-all", "redacted-7f3c",
    ])
  func placeholder(value: String) {
    #expect(Self.rejects(.placeholder, value))
  }

  @Test(
    "dummy lets sequences pass and takes the rest that placeholder takes",
    arguments: [
      ("1234567890abcdef1234567890abcdef", false), ("abcdefghijklmnop", false), ("AbCdEfGhIjKlMnOpQrStUvWxYz", false),
      ("xxxxxxxxxxxx", true), ("0000000000000000", true), ("your-token-here", true), ("EXAMPLE1234567890", true),
      ("", true),
    ])
  func dummy(value: String, isRejected: Bool) {
    #expect(Self.rejects(.dummy, value) == isRejected)
    #expect(Self.rejects(.placeholder, value))
  }

  @Test(
    "placeholder leaves values that look drawn, also those that hold a short word by chance",
    arguments: ["base62", "base36", "hex", "base64url"])
  func notPlaceholder(alphabet: String) {
    let alphabets = [
      "base62": TokenVectors.base62, "base36": TokenVectors.base36, "hex": "0123456789abcdef",
      "base64url": TokenVectors.base64URL,
    ]
    var random = SeededGenerator(seed: 81)
    for length in [16, 20, 32, 40, 64] {
      for round in 0..<200 {
        let value = random.text(length, of: alphabets[alphabet] ?? "")
        // Words of four letters do come up, but something touches them.
        #expect(!Self.rejects(.placeholder, value), "seed 81, length \(length), round \(round)")
      }
    }
  }

  @Test(
    "placeholder counts a short word only when nothing of its kind touches it",
    arguments: [
      ("k7Qtest9", false), ("k7Q-test-9x", true), ("k7Q.test.9x", true), ("attestk7Q9x", false), ("k7Q9-nullx", false),
      ("k7Q9-null", true), ("9x_foo", true), ("9xfoo", false),
    ])
  func shortWords(value: String, isRejected: Bool) {
    #expect(Self.rejects(.placeholder, value) == isRejected)
  }

  @Test(
    "reference takes what names another place",
    arguments: [
      "", "${TOKEN}", "$TOKEN", "$(cat token)", "{{ token }}", "{% token %}", "<%= token %>", "<TOKEN>", "[token]",
      "%TOKEN%",
      "%s", "@token", "&token", ":token", "*token", "#{token}", "%(token)s", "process.env.TOKEN", "os.environ['TOKEN']",
      "getenv(\"TOKEN\")", "config.get(token)", "settings.api.token", "self.token", "token[0]", "obj->token",
      "get_token()",
      "secrets.TOKEN", "vault:secret/data", "op://vault/item", "!secret token", "arn:aws:secretsmanager:x",
      "Some::Name",
      "ref+awsssm://x",
    ])
  func reference(value: String) {
    #expect(Self.rejects(.reference, value))
  }

  @Test(
    "reference leaves values, also with the same signs within",
    arguments: [
      "k7Qw9zXp", "k7Q$w9zXp", "$k7Q-w9!zXp", "a.b1c2d3.e4f5", "P@ssw0rd!", "k7Q:w9*z", "9x.8y.7z", "k7Q<w9>z", "token",
      "pass word",
    ])
  func notReference(value: String) {
    #expect(!Self.rejects(.reference, value))
  }

  @Test(
    "word takes names, sentences and paths",
    arguments: [
      "password", "accessToken", "UserName", "user_name", "user_name_2", "sha1", "utf-8", "hello world", "path/to/file",
      "some.dotted.name", "12345", "2024-01-01", "a,b", "", "user@host", "Content-Type", "version-10",
    ])
  func word(value: String) {
    #expect(Self.rejects(.word, value))
  }

  @Test(
    "word leaves what looks generated, or like a password",
    arguments: ["hunter!", "k7Qw9zXp", "aBcDeFgH", "p4ssw0rd", "abc12345", "correct#horse", "x9y8z7", "TrOuBaDoR"])
  func notWord(value: String) {
    #expect(!Self.rejects(.word, value))
  }

  @Test("take any bytes without a crash", arguments: ValueFilter.allCases)
  func garbage(filter: ValueFilter) {
    var random = SeededGenerator(seed: 82)
    for _ in 0..<2_000 {
      let bytes = random.bytes(random.below(40))
      // A slice whose indexes do not start at 0 must give the same answer.
      let shifted = ([0, 1, 2] + bytes)[3...]
      #expect(filter.rejects(shifted) == filter.rejects(bytes[...]), "seed 82")
    }
  }

  @Test("are named in rules by their raw values")
  func names() {
    #expect(
      ValueFilter.allCases.map(\.rawValue) == [
        "placeholder", "dummy", "reference", "word", "password", "secret", "key", "basic",
      ])
  }
}

@Suite("Entropy")
struct EntropyTests {
  @Test(
    "is Shannon's, in bits for each byte",
    arguments: [
      ("", 0), ("a", 0), ("aaaa", 0), ("ab", 1), ("aabb", 1), ("abcd", 2), ("aaab", 0.811278), ("abcdefgh", 3),
      ("1223334444", 1.846439), ("Mississippi", 1.823068),
    ] as [(String, Double)])
  func bits(text: String, expected: Double) {
    let found = Entropy.bitsPerByte(of: Array(text.utf8))
    #expect(abs(found - expected) < 0.000_001, "\(found)")
    #expect(Entropy.bitsPerByte(of: Array(text.utf8).reversed()) == found)
  }

  @Test("is 8 bits when every byte value is there once")
  func most() {
    #expect(abs(Entropy.bitsPerByte(of: Array(UInt8.min...UInt8.max)) - 8) < 0.000_001)
  }
}
