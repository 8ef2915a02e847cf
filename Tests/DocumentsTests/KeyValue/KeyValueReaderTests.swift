import Findings
import TestSupport
import Testing

@testable import Documents

@Suite("KeyValueReader")
struct KeyValueReaderTests {
  private func shown(_ text: String, _ dialect: KeyValueReader.Dialect) -> String {
    func shown(_ node: Node) -> String {
      node.text ?? "{" + (node.entries ?? []).map { "\($0.key.text ?? "")=\(shown($0.value))" }.joined(separator: "|")
        + "}"
    }
    return KeyValueReader.read(text.bytes, dialect: dialect).document.root.map(shown) ?? ""
  }

  @Test(
    "reads each dialect",
    arguments: [
      (.ini, "a = 1\n[s t]\nb: x = y\r\n;c\n # d\n[u]\n", "{a=1|s t={b=x = y}|u={}}"),
      (.ini, "[a]\nk = 1\n  2\n\n  # note\n  3\nl =\n  x\n", "{a={k=1\n2\n3|l=x}}"),
      (.ini, "[core]\n\tname = x\n\temail = y\n", "{core={name=x|email=y}}"),
      (.ini, "[a]\nk=1\n[a]\nk=2\n", "{a={k=1}|a={k=2}}"), (.ini, "", "{}"), (.ini, "[a", "{}"),
      (.editorconfig, "root = true\n[*.{md,[x]}]\nindent_size=2", "{root=true|*.{md,[x]}={indent_size=2}}"),
      (.npmrc, "a=b\n//r/:_authToken=${T}\nfoo\nx[] = \"y z\"\n; c", "{a=b|//r/:_authToken=${T}|foo=true|x[]=y z}"),
      (.properties, "a=1\nb : 2\nc 3\n  d  =  4 \n#x\n!y\ne\n", "{a=1|b=2|c=3|d=4 |e=}"),
      (.properties, "k\\=e\\ y = a\\\n   b\\tc\\u00e9\\q\n", "{k=e y=ab\tcéq}"),
      (.properties, "a=\\\n  1\nb=\\ud83d\\ude00\nc=x\\\\\nd=1", "{a=1|b=😀|c=x\\|d=1}"),
      (
        .dotenv, "A=1\nexport B = x y # c\nC='a\nb' # d\nD=\"q\\n\\\"\\x$E\"\nF=#\nG=a#b\nH=\n",
        "{A=1|B=x y|C=a\nb|D=q\n\"\\x$E|F=|G=a#b|H=}"
      ),
      (.dotenv, "a: x=y\nurl=http://x\n", "{a=x=y|url=http://x}"),
      (.dotenv, "exporter=1\nQ=\"open\nR=2\n", "{exporter=1|Q=\"open|R=2}"),
      (
        .netrc, "# c\nmachine a.b login me\n password \"p w\"\nmacdef init\ncd x\n\ndefault login x password y",
        "{a.b={login=me|password=p w}|default={login=x|password=y}}"
      ),
    ] as [(KeyValueReader.Dialect, String, String)])
  func dialects(dialect: KeyValueReader.Dialect, text: String, result: String) {
    #expect(shown(text, dialect) == result)
  }

  @Test("knows where keys and values stand")
  func positions() throws {
    let text = "x=1\r\n[é]\n  key = a b \n"
    let root = try #require(KeyValueReader.read(text.bytes, dialect: .ini).document.root)
    let entry = try #require(root["é"]?.entry("key"))
    #expect(root.entry("é")?.key.position == Position(line: 2, column: 1))
    #expect(entry.key.position == Position(line: 3, column: 3))
    #expect(entry.value.position == Position(line: 3, column: 9))
    #expect(String(decoding: text.bytes[entry.value.byteRange], as: UTF8.self) == "a b")
  }

  @Test("takes time in proportion to the file", .endsInTheEnd)
  func time() {
    let empty = String(repeating: " \n", count: 300_000)
    #expect(KeyValueReader.read("a=1\n\(empty)  2\n".bytes, dialect: .ini).document.root?["a"]?.text == "1\n2")
    #expect(KeyValueReader.read("a=1\n\(empty)b=2\n".bytes, dialect: .ini).document.root?["b"]?.text == "2")
  }

  @Test("values are texts, whatever they look like")
  func types() {
    let root = KeyValueReader.read("a=1\nb=null".bytes, dialect: .dotenv).document.root
    #expect(root?["a"]?.scalar == .string("1"))
    #expect(root?["b"]?.scalar == .string("null"))
  }

  @Test("notes lines that it cannot read, and goes on")
  func notes() {
    let (document, notes) = KeyValueReader.read("a=1\nwhat\n[open\nb=2\n".bytes, dialect: .ini)
    #expect(document.root?["b"]?.text == "2")
    #expect(notes.map(\.description) == ["2:1: a line without a value", "3:1: the name of the section has no end"])
    let many = KeyValueReader.read(String(repeating: "x\n", count: 1_000).bytes, dialect: .dotenv)
    #expect(many.notes.count == KeyValueReader.maxNotes)
  }
}
