extension Span<UInt8> {
  /// The number of UTF-16 code units of the text that these bytes are in UTF-8.
  var utf16Count: Int {
    for offset in indices where self[offset] >= 0x80 { return string.utf16.count }
    return count
  }

  /// The text that these bytes are in UTF-8, broken parts replaced by U+FFFD.
  package var string: String {
    unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

extension Array where Element == UInt8 {
  /// A copy of the bytes of a span.
  package init(_ span: Span<UInt8>) {
    unsafe self.init(unsafeUninitializedCapacity: span.count) { buffer, count in
      for index in span.indices { unsafe buffer.initializeElement(at: index, to: span[index]) }
      count = span.count
    }
  }
}
