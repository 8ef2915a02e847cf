package import Documents
package import Findings

/// A way to look at files of some kinds: it yields the things in them that rules speak of, typed and merged.
package struct View: Sendable {
  /// As rules name it under `on`: `github.step`.
  package let name: String
  /// One sentence for the reader of the documentation.
  package let summary: String
  /// The kinds of files that it looks at; examples are read as the first.
  package let kinds: [FileKind]
  /// What its elements can have, for the documentation.
  package let members: [Member]
  /// The elements of a file in the order in which they stand there.
  package let elements: @Sendable (ViewedFile) -> [ViewElement]

  package struct Member: Sendable {
    package let name: String
    package let summary: String

    package init(_ name: String, _ summary: String) {
      self.name = name
      self.summary = summary
    }
  }

  package init(
    _ name: String, _ summary: String, kinds: [FileKind], members: [Member],
    elements: @escaping @Sendable (ViewedFile) -> [ViewElement]
  ) {
    self.name = name
    self.summary = summary
    self.kinds = kinds
    self.members = members
    self.elements = elements
  }
}

/// One thing that a view yields.
package struct ViewElement: Sendable {
  /// What rules see as `self`.
  package let record: ViewRecord
  /// Where it stands: what a finding points to when the rule names nothing better.
  package let origin: Origin
  /// Names on the way to it, which stay when lines move: they tell it from others like it.
  package let identity: [String]

  package init(_ record: ViewRecord, at origin: Origin, identity: [String]) {
    self.record = record
    self.origin = origin
    self.identity = identity
  }
}

/// Finds files beside the one that is looked at: local includes, files that override it.
package protocol FileResolver: Sendable {
  /// The bytes of a file of the same scan; `nil` when there is none, or none that may be read.
  ///
  /// - Parameter path: relative to the root of the scan, without `.` and `..`.
  func bytes(of path: SourcePath) -> [UInt8]?
}

/// A scan of a single text.
package struct NoFiles: FileResolver {
  package init() {}
  package func bytes(of path: SourcePath) -> [UInt8]? { nil }
}
