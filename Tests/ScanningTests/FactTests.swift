import Findings
import Foundation
import Scanning
import TestSupport
import Testing

@Suite("What a credential tells of itself")
struct FactTests {
  private static func token(_ payload: String) -> String {
    let parts = [Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8), Array(payload.utf8), Array(1...32)]
    return parts.map { part in
      Data(part).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }.joined(separator: ".")
  }

  private static func finding(_ text: String, asOf: String? = "2026-01-31") async throws -> Finding {
    let options = Engine.Options(
      maxFileBytes: 1 << 20, workers: 1, fingerprintKey: [1], asOf: asOf.flatMap { Timestamp($0) })
    let report = await Scan.text(text, options: options)
    return try #require(report.findings.first { $0.severity != .low || report.findings.count == 1 })
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var severity: Severity
    var words: String
    var testDescription: String { name }
  }

  static let rows = [
    Row(
      name: "a web token that has expired", text: "x = '\(token(#"{"sub":"me-and-nobody","exp":1700000000}"#))'",
      severity: .note, words: "It expired on 2023-11-14."),
    Row(
      name: "a web token that has not", text: "x = '\(token(#"{"sub":"me-and-nobody","exp":1800000000}"#))'",
      severity: .medium, words: "It is valid until 2027-01-15."),
    Row(
      name: "the sample of jwt.io",
      text: "x = '\(token(#"{"sub":"1234567890","name":"John Doe","iat":1516239022}"#))'", severity: .note,
      words: "It is the sample token of jwt.io."),
    Row(
      name: "the key that Supabase gives to browsers",
      text: "x = '\(token(#"{"iss":"supabase","ref":"abcdefgh","role":"anon"}"#))'", severity: .low,
      words: "Its role is anon"),
    Row(
      name: "the key that Supabase gives to servers",
      text: "x = '\(token(#"{"iss":"supabase","ref":"abcdefgh","role":"service_role"}"#))'", severity: .medium,
      words: "Its role is service_role."),
    Row(
      name: "a token for documentation", text: "x = '\(token(#"{"iss":"https://auth.example.com","sub":"a"}"#))'",
      severity: .note, words: "documentation"),
    Row(
      name: "a database on this machine",
      text: "postgres://app:\(MadeUpCredential.password(7))@localhost:5432/app", severity: .low,
      words: "It is for this machine only."),
    Row(
      name: "a database elsewhere", text: "postgres://app:\(MadeUpCredential.password(7))@db.internal:5432/app",
      severity: .high, words: ""),
  ]

  @Test("is in the message and lowers the severity", arguments: rows)
  func facts(row: Row) async throws {
    let finding = try await Self.finding(row.text + "\n")
    #expect(finding.severity == row.severity)
    #expect(row.words.isEmpty || finding.message.contains(row.words), "\(finding.message)")
  }

  @Test("does not depend on the day when no day is given")
  func noDay() async throws {
    let text = "x = '\(Self.token(#"{"sub":"me-and-nobody","exp":1700000000}"#))'\n"
    let finding = try await Self.finding(text, asOf: nil)
    #expect(finding.severity == .medium)
    #expect(finding.message.contains("It ends on 2023-11-14."))
    #expect(try await Self.finding(text, asOf: "2023-11-14").severity == .medium)
    #expect(try await Self.finding(text, asOf: "2023-11-15").severity == .note)
  }

  @Test("never shows more of a value than a plain word")
  func plain() async throws {
    let finding = try await Self.finding(
      "x = '\(Self.token(#"{"iss":"a b\u001b[31m","sub":"\#(MadeUpCredential.password(8))"}"#))'\n")
    #expect(!finding.message.contains("\u{1B}") && !finding.message.contains("issued"))
  }
}
