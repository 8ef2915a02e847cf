import Findings
import TestSupport
import Testing

@testable import Documents

@Suite("TOMLReader")
struct TOMLReaderTests {
  /// The tree with the texts of keys and values; strings in single quotes.
  private func shown(_ node: Node) -> String {
    switch node.kind {
    case .scalar: node.isPlain ? node.text ?? "" : "'\(node.text ?? "")'"
    case .sequence: "[" + (node.elements ?? []).map(shown).joined(separator: " ") + "]"
    case .mapping:
      "{" + (node.entries ?? []).map { "\($0.key.text ?? "")=\(shown($0.value))" }.joined(separator: " ") + "}"
    }
  }

  @Test(
    "merges keys and tables into one tree in the order of the file",
    arguments: [
      ("", "{}"), ("# c\n\n \t# d", "{}"), ("a=1", "{a=1}"), (" a = 1 # c\r\n\tb\t=\t2", "{a=1 b=2}"),
      ("a-b_1 = 1\n1234 = 2\n\"\" = 3\n'q u' = 4\n\"\\u00e9.x\" = 5", "{a-b_1=1 1234=2 =3 q u=4 é.x=5}"),
      ("a.b = 1\nc = 2\na . \"d\" = 3\n3.14159 = 4", "{a={b=1 d=3} c=2 3={14159=4}}"),
      ("[a]\nx=1\n[b]\ny=2\n[a.c]\nz=3", "{a={x=1 c={z=3}} b={y=2}}"),
      ("[ x . 'y' . z ]\n[x]\nk=1\n[x.y]\n", "{x={y={z={}} k=1}}"),
      ("[x.y.z]\n[x]\ny.k=1\n[x.y.w]", "{x={y={z={} k=1 w={}}}}"),
      ("[f]\na.c=1\na.t.s=2\n[f.a.u]\nv=3", "{f={a={c=1 t={s=2} u={v=3}}}}"),
      ("[[p]]\nn=1\n[[p]] # empty\n[[p]]\nn=2", "{p=[{n=1} {} {n=2}]}"),
      (
        "[[f]]\n[f.p]\nc=1\n[[f.v]]\nn=1\n[[f.v]]\n[[f]]\n[[f.v]]\nn=3\n[f.p]",
        "{f=[{p={c=1} v=[{n=1} {}]} {v=[{n=3}] p={}}]}"
      ),
      ("[[a.b]]\nx=1\n[a]\ny=2\n[[a.b]]", "{a={b=[{x=1} {}] y=2}}"),
      ("a = { x = 1, y.z = 2, y.w = {} , 'q'=[] }", "{a={x=1 y={z=2 w={}} q=[]}}"),
      ("a = [ 1,2 , # c\n\r\n [ 'x', {b=[{}]} ],\n]\nb=[]", "{a=[1 2 ['x' {b=[{}]}]] b=[]}"),
      ("a=[[[]],[]]\n[b]\nc=[\n#\n]", "{a=[[[]] []] b={c=[]}}"), ("\u{FEFF}a=1", "{a=1}"),
      ("a=1\n[b.a]\na=2\n[c]\na.a=3", "{a=1 b={a={a=2}} c={a={a=3}}}"),
    ])
  func trees(text: String, result: String) throws {
    #expect(shown(try #require(try TOMLReader.read(text.bytes).root)) == result)
  }

  @Test(
    "resolves strings of all four kinds",
    arguments: [
      (#""a\"\\\b\t\n\f\r\u00E9\U0001F600""#, "a\"\\\u{8}\t\n\u{C}\ré😀"), (#""""#, ""), ("''", ""),
      (#"'C:\n"'"#, #"C:\n""#),
      ("\"\"\"\na\nb\\n\"\"\"", "a\nb\n"), ("\"\"\"a\r\nb\r\n\"\"\"", "a\nb\n"), ("\"\"\"\r\n\r\n\"\"\"", "\n"),
      ("\"\"\"a \\  \n\n \t b \\\r\n\"\"\"", "a b "), ("\"\"\"\\\n  \"\"\"", ""),
      ("\"\"\"\"a\"\" \"\"\"\"\"", "\"a\"\" \"\""),
      ("\"\"\"\"\"\"", ""), ("''''''", ""), ("\"\"\"\"\"\"\"\"", "\"\""), ("'''''a'''''", "''a''"),
      ("'''\n\\n\n'''", "\\n\n"), ("'''a\r\nb'''", "a\nb"), ("\"\"\"\\\"\"\"\"", "\""), ("\"é\t😀\"", "é\t😀"),
    ])
  func strings(text: String, value: String) throws {
    let root = try TOMLReader.read("k = \(text) # c".bytes).root
    #expect(root?["k"]?.scalar == .string(value))
    #expect(try TOMLReader.read("k = [\(text),\(text)]".bytes).root?["k"]?[1]?.text == value)
  }

  @Test(
    "gives scalars their types",
    arguments: [
      ("true", ScalarValue.bool(true)), ("false", .bool(false)), ("0", .int(0)), ("+0", .int(0)), ("-0", .int(0)),
      ("+99", .int(99)), ("-17", .int(-17)), ("1_000_0", .int(10_000)), ("9223372036854775807", .int(.max)),
      ("-9223372036854775808", .int(.min)), ("9223372036854775808", .double(9_223_372_036_854_775_808)),
      ("-1_0000000000000000000", .double(-1e19)), ("0xDEAD_beef", .int(0xDEAD_BEEF)), ("0o755", .int(493)),
      ("0b1101_0110", .int(214)), ("0x0", .int(0)), ("0x00ff", .int(255)), ("0xFFFFFFFFFFFFFFFF", .double(0x1p64)),
      ("1.0", .double(1)), ("-0.01", .double(-0.01)), ("5e+22", .double(5e22)), ("1e06", .double(1e6)),
      ("-2E-2", .double(-0.02)), ("6.626e-34", .double(6.626e-34)), ("224_617.445_991_228", .double(224_617.445991228)),
      ("123e-5", .double(0.00123)), ("0e0", .double(0)), ("inf", .double(.infinity)), ("+inf", .double(.infinity)),
      ("-inf", .double(-.infinity)), ("'1'", .string("1")), ("\"true\"", .string("true")),
    ] + dateTimes.map { ($0, .string($0)) })
  func types(text: String, value: ScalarValue) throws {
    #expect(try TOMLReader.read("k=\(text)".bytes).root?["k"]?.scalar == value)
  }

  private static let dateTimes = [
    "1979-05-27T07:32:00Z", "1979-05-27T00:32:00-07:00", "1979-05-27T00:32:00.999999999+23:59", "1979-05-27 07:32:00z",
    "1979-05-27t07:32:00.5", "1979-05-27 00:32:00", "1979-05-27", "07:32:00", "00:32:00.999999", "2000-02-29",
    "2016-12-31T23:59:60Z",
  ]

  @Test("reads what is not a number, and keys as words")
  func specialTypes() throws {
    let root = try #require(
      try TOMLReader.read("1 = nan\ntrue = -nan\nd = 1979-05-27 # c\ne = [1979-05-27 ,1]".bytes).root)
    for key in ["1", "true"] {
      guard case .double(let value)? = root[key]?.scalar else {
        Issue.record("\(key) is no double")
        continue
      }
      #expect(value.isNaN)
      #expect(root.entry(key)?.key.scalar == .string(key))
    }
    #expect(root["d"]?.scalar == .string("1979-05-27"))
    #expect(root["e"]?[0]?.scalar == .string("1979-05-27"))
  }

  @Test("gives the byte range of every key and value")
  func ranges() throws {
    let text =
      "\u{FEFF}\"é\" = 1 # c\n[a.'b c'] # d\nx.y = [ 1, {k = \"\\n\"} ]\nx.z = '''\nq'''\n\n[[t]]\nn = 1\n[t.u]\n[[t]]\nn = 2 \n[a]\nm = 3\n"
    let root = try #require(try TOMLReader.read(text.bytes).root)
    func source(_ node: Node?) -> String? {
      node.map { String(decoding: text.bytes[$0.byteRange], as: UTF8.self) }
    }
    #expect(root.byteRange == 0..<text.utf8.count)
    #expect(source(root.entry("é")?.key) == "\"é\"")
    #expect(root["é"]?.position == Position(line: 1, column: 7))
    let table = try #require(root["a"]?.entry("b c"))
    #expect(source(table.key) == "'b c'")
    #expect(source(table.value) == " # d\nx.y = [ 1, {k = \"\\n\"} ]\nx.z = '''\nq'''")
    let x = try #require(table.value.entry("x"))
    #expect(x.key.position == Position(line: 3, column: 1))
    #expect(source(x.value) == "y = [ 1, {k = \"\\n\"} ]")
    #expect(source(x.value["y"]) == "[ 1, {k = \"\\n\"} ]")
    #expect(source(x.value["y"]?[0]) == "1")
    #expect(source(x.value["y"]?[1]) == "{k = \"\\n\"}")
    #expect(source(x.value["y"]?[1]?["k"]) == "\"\\n\"")
    #expect(source(x.value["z"]) == "'''\nq'''")
    // Where its own header stands, although a longer one came before.
    #expect(root.entry("a")?.key.position.line == 12)
    #expect(source(root["a"]) == "\nm = 3")
    #expect(source(root["t"]) == "\nn = 1\n[t.u]\n[[t]]\nn = 2")
    #expect(source(root["t"]?[0]) == "\nn = 1")
    #expect(root["t"]?[0]?["u"]?.position == Position(line: 9, column: 6))
    #expect(source(root["t"]?[1]) == "\nn = 2")
  }

  @Test("stands by for a table that only a longer header names")
  func impliedRanges() throws {
    let text = "[a.b.c]\nk = 1 # x\n[a.d]\n"
    let root = try #require(try TOMLReader.read(text.bytes).root)
    #expect(root["a"].map { String(decoding: text.bytes[$0.byteRange], as: UTF8.self) } == "b.c]\nk = 1")
    #expect(root["a"]?["b"]?.byteRange == 5..<13)
  }

  @Test("is the reader of lock files and of all .toml")
  func formats() throws {
    #expect(DocumentReader.canRead(.toml))
    let (document, notes) = try #require(try DocumentReader.read("[[package]]\nname = \"a\"".bytes, as: .toml))
    #expect(document.root?["package"]?[0]?["name"]?.scalar == .string("a"))
    #expect(document.typing == .toml)
    #expect(notes.isEmpty)
    let query = try JSONPath(parsing: "$.package[?@.name == 'a'].name")
    #expect(try query.nodes(in: try #require(document.root)).count == 1)
  }
}
