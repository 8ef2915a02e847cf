/// The grammar of XML as a loop; open elements lie in a list and not on the stack.
struct XMLParser {
  /// An element that has not ended.
  private struct Element {
    /// The name as it is written, with its prefix.
    var name: Range<Int>
    /// From the first to the last piece of its text.
    var textRange: Range<Int>?
    /// The text, if the file does not spell it out in one piece.
    var text: [UInt8]?
  }

  private let bytes: [UInt8]
  private var offset: Int
  private var open: [Element] = []
  private(set) var tree: TreeBuilder

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    tree = TreeBuilder(capacity: bytes.count / 16 + 8)
  }

  mutating func parse() throws(SyntaxError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw SyntaxError("not UTF-8", at: 0) }
    tree.open(.mapping, at: offset)
    var hasRoot = false
    while offset < bytes.count {
      if bytes[offset] != UInt8(ascii: "<") {
        try readText(isOutside: open.isEmpty)
      } else if skip("<!--") {
        try skipPast("-->", "the comment has no end")
      } else if skip("<![CDATA[") {
        if open.isEmpty { throw SyntaxError("text outside of the root element", at: offset - 9) }
        let start = offset
        try skipPast("]]>", "the CDATA section has no end")
        add(text: start..<offset - 3, resolvesReferences: false)
      } else if skip("<?") {
        try skipPast("?>", "the processing instruction has no end")
      } else if skip("<!DOCTYPE") {
        try skipDoctype()
      } else if offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "/") {
        try readEndTag()
      } else {
        if open.isEmpty, hasRoot { throw SyntaxError("a second root element", at: offset) }
        hasRoot = true
        try readStartTag()
      }
    }
    if let element = open.last {
      throw SyntaxError("the element \(shown(element.name)) has no end", at: element.name.lowerBound)
    }
    if !hasRoot { throw SyntaxError("there is no element", at: offset) }
    tree.close(at: offset)
  }

  // MARK: Tags

  private mutating func readStartTag() throws(SyntaxError) {
    let start = offset
    guard open.count < XMLReader.maxDepth else {
      throw SyntaxError("more than \(XMLReader.maxDepth) levels", at: start)
    }
    offset += 1
    let name = try readName()
    tree.addScalar(name, text: local(name), isPlain: true)
    tree.open(.mapping, at: start)
    open.append(Element(name: name))
    while true {
      let hasSpace = skipSpace()
      if skip("/>") {
        close()
        return
      }
      if skip(">") { return }
      guard offset < bytes.count else { throw SyntaxError("the tag has no end", at: start) }
      guard hasSpace else { throw SyntaxError("expected > or an attribute", at: offset) }
      try readAttribute()
    }
  }

  private mutating func readAttribute() throws(SyntaxError) {
    let name = try readName()
    // A declaration keeps its prefix: xmlns:a is no attribute a.
    let isDeclaration = bytes[name].starts(with: "xmlns:".utf8)
    addMarked(UInt8(ascii: "@"), isDeclaration ? name : local(name), range: name)
    _ = skipSpace()
    guard skip("=") else { throw SyntaxError("expected = after the name of the attribute", at: offset) }
    _ = skipSpace()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'") else {
      throw SyntaxError("expected a value in quotes", at: offset)
    }
    let start = offset
    let quote = bytes[start]
    offset += 1
    while offset < bytes.count, bytes[offset] != quote {
      if bytes[offset] == UInt8(ascii: "<") { throw SyntaxError("< in the value of an attribute", at: offset) }
      offset += 1
    }
    guard offset < bytes.count else { throw SyntaxError("the value has no end", at: start) }
    offset += 1
    let value = start + 1..<offset - 1
    if bytes[value].contains(UInt8(ascii: "&")) {
      let textStart = tree.texts.count
      for byte in resolved(value) { tree.addText(byte) }
      tree.addScalar(start..<offset, copiedFrom: textStart, isPlain: false)
    } else {
      tree.addScalar(start..<offset, text: value, isPlain: false)
    }
  }

  private mutating func readEndTag() throws(SyntaxError) {
    let start = offset
    offset += 2
    let name = try readName()
    _ = skipSpace()
    guard skip(">") else { throw SyntaxError("expected >", at: offset) }
    guard let element = open.last else { throw SyntaxError("\(shown(name)) ends but did not start", at: start) }
    guard bytes[element.name] == bytes[name] else {
      throw SyntaxError("\(shown(name)) ends where \(shown(element.name)) is open", at: start)
    }
    close()
  }

  /// Ends the innermost element, with its text as the last entry.
  private mutating func close() {
    guard let element = open.popLast() else { return }
    if let range = element.textRange {
      let textStart = tree.texts.count
      for byte in "#text".utf8 { tree.addText(byte) }
      tree.addScalar(range.lowerBound..<range.lowerBound, copiedFrom: textStart, isPlain: true)
      if let text = element.text {
        let textStart = tree.texts.count
        for byte in text { tree.addText(byte) }
        tree.addScalar(range, copiedFrom: textStart, isPlain: true)
      } else {
        tree.addScalar(range, text: range, isPlain: true)
      }
    }
    tree.close(at: offset)
  }

  /// Adds a key with a mark before its name.
  private mutating func addMarked(_ mark: UInt8, _ name: Range<Int>, range: Range<Int>) {
    let textStart = tree.texts.count
    tree.addText(mark)
    for index in name { tree.addText(bytes[index]) }
    tree.addScalar(range, copiedFrom: textStart, isPlain: true)
  }

  // MARK: Text

  private mutating func readText(isOutside: Bool) throws(SyntaxError) {
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") {
      if isOutside, !bytes[offset].isXMLSpace { throw SyntaxError("text outside of the root element", at: offset) }
      offset += 1
    }
    if !isOutside { add(text: start..<offset, resolvesReferences: true) }
  }

  /// Adds a piece of text to the innermost element; white space alone is none.
  private mutating func add(text range: Range<Int>, resolvesReferences: Bool) {
    var range = range
    while let first = range.first, bytes[first].isXMLSpace { range.removeFirst() }
    while let last = range.last, bytes[last].isXMLSpace { range.removeLast() }
    guard !range.isEmpty, !open.isEmpty else { return }
    let last = open.count - 1
    let hasReferences = resolvesReferences && bytes[range].contains(UInt8(ascii: "&"))
    if let before = open[last].textRange {
      // In place: there may be as many pieces as bytes.
      if open[last].text == nil { open[last].text = Array(bytes[before]) }
      open[last].text?.append(0x20)
      let piece = hasReferences ? resolved(range)[...] : bytes[range]
      open[last].text?.append(contentsOf: piece)
      open[last].textRange = before.lowerBound..<range.upperBound
    } else {
      open[last].textRange = range
      if hasReferences { open[last].text = resolved(range) }
    }
  }

  /// The text with character references and the predefined entities (XML, 4.6) resolved; others stay as they are.
  private func resolved(_ range: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    var rest = bytes[range]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "&"), let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let scalar = Self.scalar(named: String(decoding: rest[..<end], as: UTF8.self))
      else {
        text.append(byte)
        continue
      }
      text.append(contentsOf: UTF8.encode(scalar) ?? .init())
      rest = rest[(end + 1)...]
    }
    return text
  }

  private static func scalar(named name: String) -> Unicode.Scalar? {
    switch name {
    case "lt": "<"
    case "gt": ">"
    case "amp": "&"
    case "apos": "'"
    case "quot": "\""
    case _ where name.hasPrefix("#x"): UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    case _ where name.hasPrefix("#"): UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
    default: nil
    }
  }

  // MARK: Bytes

  private mutating func readName() throws(SyntaxError) -> Range<Int> {
    let start = offset
    while offset < bytes.count, bytes[offset].isXMLNameByte { offset += 1 }
    guard offset > start, !bytes[start].isDigit, bytes[start] != UInt8(ascii: "-"), bytes[start] != UInt8(ascii: ".")
    else {
      throw SyntaxError("expected a name", at: start)
    }
    return start..<offset
  }

  /// The name without its prefix.
  private func local(_ name: Range<Int>) -> Range<Int> {
    let start = name.last { bytes[$0] == UInt8(ascii: ":") }.map { $0 + 1 } ?? name.lowerBound
    return start < name.upperBound ? start..<name.upperBound : name
  }

  private func shown(_ name: Range<Int>) -> String { String(decoding: bytes[name], as: UTF8.self) }

  private mutating func skip(_ word: String) -> Bool {
    guard bytes[offset...].starts(with: word.utf8) else { return false }
    offset += word.utf8.count
    return true
  }

  private mutating func skipSpace() -> Bool {
    let start = offset
    while offset < bytes.count, bytes[offset].isXMLSpace { offset += 1 }
    return offset > start
  }

  private mutating func skipPast(_ word: String, _ problem: String) throws(SyntaxError) {
    let start = offset
    while offset < bytes.count {
      if skip(word) { return }
      offset += 1
    }
    throw SyntaxError(problem, at: start)
  }

  /// Goes past a document type declaration with all that it declares (XML, 2.8).
  private mutating func skipDoctype() throws(SyntaxError) {
    let start = offset
    var depth = 1
    while offset < bytes.count {
      if skip("<!--") {
        try skipPast("-->", "the comment has no end")
        continue
      }
      let byte = bytes[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        while offset < bytes.count, bytes[offset] != byte { offset += 1 }
        offset += 1
      case UInt8(ascii: "<"): depth += 1
      case UInt8(ascii: ">"):
        depth -= 1
        if depth == 0 { return }
      default: break
      }
    }
    throw SyntaxError("the document type has no end", at: start)
  }
}

extension UInt8 {
  fileprivate var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

  /// XML's `NameChar`, all beyond ASCII taken for one.
  fileprivate var isXMLNameByte: Bool {
    switch self {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-"),
      UInt8(ascii: "."),
      0x80...:
      true
    default: false
    }
  }
}
