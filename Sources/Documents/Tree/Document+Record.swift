extension Document {
  /// One value: what it is and where it stands. 20 bytes.
  struct Record: Sendable {
    struct Flags: OptionSet, Sendable {
      let rawValue: UInt8

      /// A scalar without quotes.
      static let plain = Flags(rawValue: 1)
      /// The text lies in `texts`, and not in the file.
      static let copied = Flags(rawValue: 2)
      /// A mapping with a merge key.
      static let merging = Flags(rawValue: 4)
      /// There is a tag for it.
      static let tagged = Flags(rawValue: 8)
      /// A YAML alias; the kind is that of what it stands for.
      static let alias = Flags(rawValue: 16)
    }

    var kind: Node.Kind
    var flags: Flags = []
    /// Where the value stands, in bytes of the file.
    var start: UInt32
    var end: UInt32
    /// Scalar: where its text starts. Collection: the index of the first record after it and all that it holds.
    /// Alias: the index of what it stands for.
    var low: UInt32
    /// Scalar: where its text ends. Collection: how many records it holds directly, keys included.
    var high: UInt32

    @inline(__always)
    var isCollection: Bool { kind != .scalar && !flags.contains(.alias) }
  }

  /// An explicit tag, such as `!reference`.
  struct Tag: Sendable {
    var record: UInt32
    var name: String
  }
}
