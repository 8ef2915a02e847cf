import Findings
import TestSupport
import Testing

@testable import Documents

@Suite("XMLReader")
struct XMLReaderTests {
  private func shown(_ node: Node) -> String {
    node.text ?? "{" + (node.entries ?? []).map { "\($0.key.text ?? "")=\(shown($0.value))" }.joined(separator: "|")
      + "}"
  }

  @Test(
    "makes a mapping of each element",
    arguments: [
      ("<a/>", "{a={}}"), ("<a b='1' c = \"x&amp;y\" />", "{a={@b=1|@c=x&y}}"), ("<a>\n x y \n</a>", "{a={#text=x y}}"),
      ("<a><b>1</b><b>2</b></a>", "{a={b={#text=1}|b={#text=2}}}"), ("<a>x<b/>y</a>", "{a={b={}|#text=x y}}"),
      ("<n:a xmlns:n='u' n:c='1'></n:a>", "{a={@xmlns:n=u|@c=1}}"),
      ("<?xml version=\"1.0\"?><!-- <x> --><a>&lt;&#65;&#x1F600;&foo;&</a>\n<!-- y -->", "{a={#text=<A😀&foo;&}}"),
      ("<a><![CDATA[<b>&amp;]]></a>", "{a={#text=<b>&amp;}}"),
      ("<!DOCTYPE a [<!ENTITY x \"]>\"> <!-- ' --> <!ELEMENT a ANY>]><a>&x;</a>", "{a={#text=&x;}}"),
      ("\u{FEFF}<é ü='1'/>", "{é={@ü=1}}"),
    ])
  func elements(text: String, result: String) throws {
    #expect(shown(try #require(try XMLReader.read(text.bytes).root)) == result)
  }

  @Test("knows where everything stands")
  func positions() throws {
    let text = "<é>\n  <url id=\"a\"> x </url>\n</é>\n"
    let url = try #require(try XMLReader.read(text.bytes).root?["é"]?.entry("url"))
    func source(_ node: Node?) -> String {
      node.map { String(decoding: text.bytes[$0.byteRange], as: UTF8.self) } ?? ""
    }
    #expect(source(url.key) == "url")
    #expect(url.key.position == Position(line: 2, column: 4))
    #expect(source(url.value) == "<url id=\"a\"> x </url>")
    #expect(source(url.value.entry("@id")?.key) == "id")
    #expect(source(url.value["@id"]) == "\"a\"")
    #expect(source(url.value["#text"]) == "x")
  }

  @Test(
    "says what is wrong and where",
    arguments: [
      ("", "1:1: there is no element"), ("<a>", "1:2: the element a has no end"),
      ("<a></b>", "1:4: b ends where a is open"),
      ("</a>", "1:1: a ends but did not start"), ("<a/><b/>", "1:5: a second root element"),
      ("x<a/>", "1:1: text outside of the root element"), ("<a b/>", "1:5: expected = after the name of the attribute"),
      ("<a b=c/>", "1:6: expected a value in quotes"), ("<a b='<'/>", "1:7: < in the value of an attribute"),
      ("<a b='", "1:6: the value has no end"), ("<1/>", "1:2: expected a name"), ("<a", "1:1: the tag has no end"),
      ("<a b='1'c='2'/>", "1:9: expected > or an attribute"), ("<!-- x", "1:5: the comment has no end"),
      ("<!DOCTYPE a [", "1:10: the document type has no end"),
    ])
  func errors(text: String, message: String) throws {
    let error = try #require(throws: DocumentError.self) { try XMLReader.read(text.bytes) }
    #expect("\(error)" == message)
  }

  @Test("refuses UTF-16 and what is nested too deep")
  func limits() {
    #expect(throws: DocumentError.self) { try XMLReader.read([0xFF, 0xFE, 0x3C, 0x00]) }
    #expect(throws: DocumentError.self) { try XMLReader.read(String(repeating: "<a>", count: 100_000).bytes) }
  }

  @Test("takes time in proportion to the file", .endsInTheEnd)
  func time() throws {
    let text = "<a>" + String(repeating: "some text<b/>", count: 100_000) + "</a>"
    #expect(try XMLReader.read(text.bytes).root?["a"]?["#text"]?.text?.utf8.count == 999_999)
  }

  @Test("a query finds all elements of a name")
  func queries() throws {
    let text = "<m><r><url>a</url></r><r><url>b</url><url>c</url></r></m>"
    let root = try #require(try XMLReader.read(text.bytes).root)
    let found = try JSONPath(parsing: "$.m.r.url['#text']").nodes(in: root)
    #expect(found.map(\.node.text) == ["a", "b", "c"])
  }
}
