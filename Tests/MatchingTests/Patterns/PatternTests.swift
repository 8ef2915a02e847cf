import Testing

@testable import Matching

@Suite("Pattern")
struct PatternTests {
  @Test(
    "that does not compile is an error with PCRE2's words and the place",
    arguments: [
      ("ab(c", 4, "missing closing parenthesis"), ("a[b", 3, "missing terminating ] for character class"),
      ("+a", 0, "quantifier does not follow a repeatable item"),
      ("abc)", 3, "unmatched closing parenthesis"), ("a[z-b]", 4, "range out of order in character class"),
      (#"(a)\2"#, 4, "reference to non-existent subpattern"), (#"a\"#, 2, #"\ at end of pattern"#),
      ("(?<=a+)b", 0, "lookbehind assertion is not fixed length"),
    ])
  func compileErrors(source: String, offset: Int, message: String) {
    let error = #expect(throws: PatternError.self) { try Pattern(source) }
    #expect(error?.offset == offset)
    #expect(error?.message == message)
    #expect(error?.description == "\(message) (at byte \(offset) of the pattern)")
  }

  @Test(
    "can not switch to UTF-8, match single code units of it, or look back without a bound",
    arguments: ["(*UTF)tok", #"tok\C"#, "(?<=a+)tok"])
  func forbidden(source: String) {
    #expect(throws: PatternError.self) { try Pattern(source) }
  }

  @Test("may have no more groups than the scratch has room for")
  func tooManyGroups() throws {
    let most = AnchoredPattern("tok" + String(repeating: "(a)", count: PatternScratch.maxGroups), anchors: ["tok"])
    try most.check()
    let tooMany = AnchoredPattern(most.source + "(a)", anchors: ["tok"])
    let error = #expect(throws: PatternError.self) { try tooMany.check() }
    #expect(error?.description == "more than 31 groups (at byte 0 of the pattern)")
    // The error is kept, not only the success.
    #expect(throws: PatternError.self) { try tooMany.check() }
  }

  @Test("knows its groups by name and number")
  func groups() throws {
    let pattern = AnchoredPattern(#"(?<head>a)(b)tok(?P<tail>c)(?'last'd)"#, anchors: ["tok"])
    #expect(try pattern.group("head") == 1)
    #expect(try pattern.group("tail") == 3)
    #expect(try pattern.group("last") == 4)
    #expect(try pattern.group("0") == 0)
    #expect(try pattern.group("2") == 2)
    #expect(try pattern.group("4") == 4)
    #expect(try pattern.group("5") == nil)
    #expect(try pattern.group("-1") == nil)
    #expect(try pattern.group("none") == nil)
    #expect(try pattern.group("") == nil)
  }

  @Test("looks for starts within a range and sees what stands before it, but nothing from the end on")
  func window() throws {
    let text = Array("atok btok".utf8)
    var scratch = PatternScratch()
    let pattern = try Pattern("(?<=b)tok")
    #expect(scratch.firstMatch(of: pattern, in: text.span, starts: 0...9, end: 9) == .match(6..<9))
    #expect(scratch.firstMatch(of: pattern, in: text.span, starts: 6...6, end: 9) == .match(6..<9))
    #expect(scratch.firstMatch(of: pattern, in: text.span, starts: 0...5, end: 9) == .none)
    #expect(scratch.firstMatch(of: pattern, in: text.span, starts: 7...9, end: 9) == .none)
    #expect(scratch.firstMatch(of: pattern, in: text.span, starts: 0...8, end: 8) == .none)
    #expect(scratch.firstMatch(of: pattern, in: [UInt8]().span, starts: 0...0, end: 0) == .none)
  }

  @Test("matches bytes that are not UTF-8, and knows letters of ASCII only")
  func bytes() throws {
    var scratch = PatternScratch()
    let text: [UInt8] = [0xFF, 0xC3, 0x00, 0x74, 0xE9]
    let bytes = try Pattern(#"\xff.\x00\w\W"#)
    #expect(scratch.firstMatch(of: bytes, in: text.span, starts: 0...0, end: 5) == .match(0..<5))
    let caseless = try Pattern(#"(?i)\xC9"#)
    #expect(scratch.firstMatch(of: caseless, in: text.span, starts: 0...5, end: 5) == .none)
  }

  /// Nested repetitions over letters that fit many times, and an end that never comes.
  private static let catastrophe = AnchoredPattern(
    "tok(?:(?:a{1,20}){1,20}){1,20}!", anchors: ["tok"])

  @Test("that reaches its match limit is a fault, and the scan goes on")
  func matchLimit() throws {
    let set = try PatternSet([
      AnchoredPattern("tok[a-z]", anchors: ["tok"]), Self.catastrophe, AnchoredPattern("end[0-9]", anchors: ["end"]),
    ])
    var scratch = try set.makeScratch(matchLimit: 1_000)
    let text = Array(("toka! tok" + String(repeating: "a", count: 400) + " toka! end1").utf8)
    var matches: [PatternSet.Match] = []
    var faults: [PatternSet.Fault] = []
    set.scan(text.span, scratch: &scratch) {
      matches.append($0)
    } fault: {
      faults.append($0)
    }
    #expect(faults == [PatternSet.Fault(pattern: 1, offset: 6, message: "match limit exceeded")])
    // The same pattern still finds what lies behind the place where it gave up.
    #expect(matches.map(\.pattern) == [0, 0, 0, 1, 1, 2])
    #expect(matches.filter { $0.pattern == 1 }.map(\.range) == [0..<5, 410..<415])
    // And the scratch is as good as new.
    var again: [PatternSet.Match] = []
    set.scan(Array("toka!".utf8).span, scratch: &scratch) {
      again.append($0)
    } fault: { _ in
      Issue.record("a fault")
    }
    #expect(again.map(\.range) == [0..<4, 0..<5])
  }

  @Test("that was never checked and does not compile is a fault, not a crash")
  func unchecked() throws {
    let set = try PatternSet([
      AnchoredPattern("tok(", anchors: ["tok"]), AnchoredPattern("tok", anchors: ["tok"]),
    ])
    var scratch = try set.makeScratch()
    var matches = 0
    var faults: [PatternSet.Fault] = []
    set.scan(Array("a tok".utf8).span, scratch: &scratch) { _ in
      matches += 1
    } fault: {
      faults.append($0)
    }
    #expect(matches == 1)
    #expect(faults.map(\.pattern) == [0])
    #expect(faults.first?.message == "missing closing parenthesis (at byte 4 of the pattern)")
  }
}
