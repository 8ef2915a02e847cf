/// Writes XML 1.0 (https://www.w3.org/TR/xml/) as UTF-8, one element a line, indented by two spaces.
struct XMLWriter {
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  init() {
    append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
  }

  typealias Attribute = (name: String, value: String)

  /// An element without content.
  mutating func element(_ name: String, _ attributes: [Attribute]) {
    open(name, attributes)
    append("/>\n")
  }

  /// An element with text.
  mutating func element(_ name: String, _ attributes: [Attribute], text: String) {
    open(name, attributes)
    append(">")
    escape(text, isAttribute: false)
    append("</\(name)>\n")
  }

  /// An element with elements.
  mutating func element(_ name: String, _ attributes: [Attribute], _ body: (inout XMLWriter) -> Void) {
    open(name, attributes)
    append(">\n")
    depth += 1
    body(&self)
    depth -= 1
    indent()
    append("</\(name)>\n")
  }

  private mutating func open(_ name: String, _ attributes: [Attribute]) {
    indent()
    append("<\(name)")
    for attribute in attributes {
      append(" \(attribute.name)=\"")
      escape(attribute.value, isAttribute: true)
      append("\"")
    }
  }

  private mutating func indent() { append(String(repeating: "  ", count: depth)) }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func escape(_ text: String, isAttribute: Bool) {
    let span = text.utf8Span.span
    var offset = 0
    while offset < span.count {
      let byte = span[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\"") where isAttribute: append("&quot;")
      // A parser makes spaces of them in an attribute (3.3.3).
      case 9 where isAttribute, 10 where isAttribute: append("&#\(byte);")
      case 9, 10: bytes.append(byte)
      // No XML 1.0 document can hold these, not even as a reference (2.2): controls, U+FFFE and U+FFFF.
      case 0..<0x20: append("\u{FFFD}")
      case 0xEF where offset + 1 < span.count && span[offset] == 0xBF && span[offset + 1] >= 0xBE:
        append("\u{FFFD}")
        offset += 2
      default: bytes.append(byte)
      }
    }
  }
}
