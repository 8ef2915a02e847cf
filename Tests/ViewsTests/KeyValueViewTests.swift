import Testing

@Suite("Entries of files of keys and values")
struct KeyValueViewTests {
  @Test(
    "know their key, value, section and neighbours",
    arguments: [
      (".npmrc", "a=1\nb = 'x y'\n", 1, "self.key + self.value + self.entries.a", "bx y1"),
      (".npmrc", "a=1\n", 0, "has(self.section)", "false"),
      ("a.ini", "[s]\na = 1\n[t]\na = 2\n", 1, "self.section + self.value + self.entries.a", "t22"),
      (".editorconfig", "root = true\n[*.c]\nindent_size = 4\n", 1, "self.section + self.value", "*.c4"),
      (".netrc", "machine h login me\n", 0, "self.section + self.key + self.value", "hloginme"),
      (".env", "A=1\nexport B=\"2\"\n", 1, "self.key + self.value", "B2"),
      ("a.properties", "a.b: c\n", 0, "self.key + self.value", "a.bc"),
      (".pypirc", "[pypi]\nusername: me\n", 0, "self.section + self.value", "pypime"),
    ])
  func entries(path: String, text: String, index: Int, expression: String, expected: String) throws {
    let sample = try ViewSample("keyvalue.entry", text, path: path)
    #expect(try sample.result(expression, at: index) == expected)
    #expect(try sample.undeclared("keyvalue.entry", written: []) == [])
  }

  @Test("stand where they are written")
  func places() throws {
    let sample = try ViewSample("keyvalue.entry", "[s]\na = 1\n", path: "a.ini")
    #expect(sample.mark(0) == "a.ini: a = 1")
    #expect(try sample.place("section") == "a.ini: [s]")
    #expect(sample.identities == ["s/a"])
  }
}
