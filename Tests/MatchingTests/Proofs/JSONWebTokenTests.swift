import Findings
import Foundation
import Testing

@testable import Matching

@Suite("JSON Web Tokens")
struct JSONWebTokenTests {
  private static func part(_ json: String) -> String {
    Data(json.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  private static func verify(_ parts: String...) -> Proof {
    TokenProof.named(.jwt).verify(Array(parts.joined(separator: ".").utf8)).proof
  }

  private static let header = part(#"{"alg":"HS256","typ":"JWT"}"#)
  private static let payload = part(#"{"sub":"1234567890","name":"Zoë ☃","admin":true,"iat":1516239022}"#)
  private static let signature = part("any thirty-two bytes do, so these")

  @Test(
    "are proved when header and payload are JSON objects and the header names an algorithm",
    arguments: [
      #"{"alg":"HS256"}"#, #"{"typ":"JWT","alg":"RS512","kid":"1"}"#, #"{"alg":"EdDSA","x5c":["a","b"],"n":{"alg":1}}"#,
      " { \"alg\" : \"ES256\" } ",
    ])
  func valid(header: String) {
    #expect(Self.verify(Self.part(header), Self.payload, Self.signature) == .proved)
  }

  @Test("are proved with standard base64 too, and with padding")
  func alphabets() {
    let header = Data(#"{"alg":"HS256","k":"??>>~~"}"#.utf8).base64EncodedString()
    #expect(header.contains("/") || header.contains("+") || header.contains("="))
    #expect(Self.verify(header, Self.payload, Self.signature) == .proved)
  }

  @Test("without a signature are shaped when they say so", arguments: ["none", "None", "NONE"])
  func unsigned(algorithm: String) {
    let header = Self.part(#"{"alg":"\#(algorithm)"}"#)
    #expect(Self.verify(header, Self.payload, "") == .shaped)
    #expect(Self.verify(header, Self.payload, Self.signature) == .shaped)
  }

  @Test(
    "are disproved when the header is not what it should be",
    arguments: [
      "", "{}", "[]", "null", "1", #""alg""#, #"{"alg":""}"#, #"{"alg":1}"#, #"{"alg":null}"#, #"{"alg":["HS256"]}"#,
      #"{"ALG":"HS256"}"#, #"{"alg":"HS256""#, #"{"alg":"HS256"}}"#, #"{"alg":"HS256"},"#, #"{alg:"HS256"}"#, "\u{0}",
    ])
  func badHeader(header: String) {
    #expect(Self.verify(Self.part(header), Self.payload, Self.signature) == .disproved)
  }

  @Test(
    "are disproved when the payload is not a JSON object",
    arguments: ["", "[]", "null", "7", #""text""#, "{", #"{"a":}"#, #"{"a":1}x"#, "plain text"])
  func badPayload(payload: String) {
    #expect(Self.verify(Self.header, Self.part(payload), Self.signature) == .disproved)
  }

  @Test("are disproved with a part too few, too many, empty or not base64")
  func structure() {
    #expect(Self.verify(Self.header, Self.payload) == .disproved)
    #expect(Self.verify(Self.header, Self.payload, Self.signature, Self.signature) == .disproved)
    #expect(Self.verify(Self.header, Self.payload, "") == .disproved)
    #expect(Self.verify("", Self.payload, Self.signature) == .disproved)
    #expect(Self.verify(Self.header, "", Self.signature) == .disproved)
    #expect(Self.verify(Self.header + "!", Self.payload, Self.signature) == .disproved)
    #expect(Self.verify(Self.header, Self.payload + "!", Self.signature) == .disproved)
    #expect(Self.verify(Self.header, Self.payload, Self.signature + "!") == .disproved)
    #expect(Self.verify(Self.header, Self.payload, "A") == .disproved)
    #expect(Self.verify(Self.payload, Self.header, Self.signature) == .disproved)
    #expect(Self.verify() == .disproved)
  }

  @Test("are disproved when the header is cut short anywhere")
  func truncated() {
    for count in 0..<Self.header.count {
      #expect(Self.verify(String(Self.header.prefix(count)), Self.payload, Self.signature) == .disproved, "\(count)")
    }
  }

  @Test("with JSON of great depth do not crash")
  func depth() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(Self.verify(Self.part(#"{"alg":"HS256","a":"# + deep), Self.payload, Self.signature) == .disproved)
    #expect(Self.verify(Self.header, Self.part(deep), Self.signature) == .disproved)
  }
}
