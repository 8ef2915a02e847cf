import Foundation
import TestSupport
import Testing

@testable import Matching

@Suite("JSON in tokens")
struct JSONTextTests {
  @Test(
    "is taken where it is JSON",
    arguments: [
      "{}", "[]", "null", "true", "false", "0", "-0", "12", "-1.5e+10", "1E5", #""""#, #""a\"\\\/\b\f\n\r\té☃""#,
      " { \"a\" : [ 1 , { \"b\" : null } ] } ", #"{"a":1,"a":2}"#, "[1,[2,[3]]]", "\"☃\"", #""😀""#,
    ])
  func taken(text: String) {
    #expect(JSONText(text.utf8) != nil, "\(text)")
    // Foundation takes it too.
    #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil, "\(text)")
  }

  @Test(
    "is refused where it is not",
    arguments: [
      "", " ", "{", "}", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "01", "1.", ".5", "+1", "1e",
      "--1",
      "nul", "truex", "{} {}", "\"a", "\"\\x\"", "\"\\u12\"", "\"a\nb\"", "\u{FEFF}{}", "[1 2]", "NaN", "\u{0}",
    ])
  func refused(text: String) {
    #expect(JSONText(text.utf8) == nil, "\(text)")
  }

  @Test("gives members, the last of equal names")
  func members() throws {
    let object = try #require(
      JSONText(#"{"a": "x\n☃\ud83d\ude00", "n": 1700000000, "l": [1, "b"], "a2": null, "n": 5}"#.utf8))
    #expect(object.isObject && object["a"]?.text == "x\n☃😀" && object["n"]?.time == 5)
    #expect(object["l"]?.elements.count == 2 && object["l"]?.elements.last?.text == "b")
    #expect(object["none"] == nil && object["a"]?["b"] == nil && object["a"]?.time == nil)
    #expect(JSONText("1e300".utf8)?.time == nil && JSONText("-5".utf8)?.time == -5)
  }

  @Test("stops at a depth, and at broken bytes")
  func hostile() {
    #expect(JSONText((String(repeating: "[", count: 31) + String(repeating: "]", count: 31)).utf8) != nil)
    #expect(JSONText((String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)).utf8) == nil)
    #expect(JSONText(String(repeating: "{\"a\":", count: 100_000).utf8) == nil)
    #expect(JSONText([0x22, 0xFF, 0x22]) == nil)
    #expect(JSONText(#""\ud83d""#.utf8) == nil && JSONText(#""\ude00""#.utf8) == nil)
  }
}
