import TestSupport
import Testing

@testable import Matching

@Suite("The word model")
struct WordModelTests {
  private static func bits(_ text: String) -> Int { WordModel.drawnBits(of: Array(text.utf8)[...]) }

  @Test(
    "takes words, names and identifiers for such",
    arguments: [
      "password", "authenticationFailed", "user_name", "SettingsManager", "getConnectionString", "application/json",
      "org.apache.tomcat.util", "test-server-name", "DEFAULT_TIMEOUT_SECONDS", "description", "Continue",
    ])
  func words(text: String) {
    #expect(Self.bits(text) < 0, "\(Self.bits(text)) bits")
  }

  @Test(
    "takes drawn texts for drawn, whatever the alphabet",
    arguments: [
      ("0123456789abcdef", 32), ("abcdefghijklmnopqrstuvwxyz", 24), ("abcdefghijklmnopqrstuvwxyz0123456789", 16),
      (TokenVectors.base62, 16), (TokenVectors.base62, 32), (TokenVectors.base64URL, 40),
    ])
  func drawn(alphabet: String, length: Int) {
    var random = SeededGenerator(seed: 91)
    var found = 0
    for _ in 0..<200 where Self.bits(random.text(length, of: alphabet)) > 0 { found += 1 }
    #expect(found >= 198, "\(found) of 200, seed 91")
  }

  @Test("is surer of a longer text")
  func length() {
    var random = SeededGenerator(seed: 92)
    let short = (0..<100).map { _ in Self.bits(random.text(8, of: TokenVectors.base62)) }.reduce(0, +)
    let long = (0..<100).map { _ in Self.bits(random.text(32, of: TokenVectors.base62)) }.reduce(0, +)
    #expect(long > 3 * short && short > 0)
  }

  @Test("tells an order of letters that entropy does not see")
  func order() {
    let word = Array("settingsManager".utf8)
    var random = SeededGenerator(seed: 93)
    var shuffled = word
    shuffled.shuffle(using: &random)
    #expect(Entropy.bitsPerByte(of: word) == Entropy.bitsPerByte(of: shuffled))
    #expect(WordModel.drawnBits(of: word[...]) < WordModel.drawnBits(of: shuffled[...]))
  }

  @Test("has a cost for every context, and reads any bytes")
  func tables() {
    #expect(WordModel.letterCosts.utf8CodeUnitCount == 27 * 27 * 26)
    #expect(WordModel.shapeCosts.utf8CodeUnitCount == 6 * 6 * 6 * 6)
    var random = SeededGenerator(seed: 94)
    for _ in 0..<500 {
      let bytes = random.bytes(random.below(40))
      #expect(WordModel.drawnBits(of: bytes[...]) == WordModel.drawnBits(of: ([1, 2] + bytes)[2...]), "seed 94")
    }
  }

  @Test(
    "splits names into words",
    arguments: [
      ("DB_userPassword2", ["db", "user", "password"]), ("APIKeyID", ["api", "key", "id"]), ("x", ["x"]), ("_9-", []),
      ("spring.datasource.password", ["spring", "datasource", "password"]),
    ])
  func nameWords(name: String, words: [String]) {
    let expected = words.map { WordSet.code(of: $0.utf8) }
    #expect(Array(NameWords(Array(name.utf8)[...])) == expected)
  }
}
