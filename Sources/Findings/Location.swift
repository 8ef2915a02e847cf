/// A place between two characters of a text: line and column count from 1, columns in UTF-16 code units.
public struct Position: Hashable, Comparable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A span of a text; `end` is one past the last character, as in SARIF 2.1.0, 3.30.
public struct Region: Hashable, Sendable {
  public var start: Position
  public var end: Position
  /// The same span in bytes of the file as it is stored, counted from 0; `nil` where it came from a report that does
  /// not say.
  public var byteRange: Range<Int>?

  public init(start: Position, end: Position, byteRange: Range<Int>? = nil) {
    self.start = start
    self.end = end
    self.byteRange = byteRange
  }
}

/// Where a finding points to.
public struct Location: Hashable, Sendable {
  public var path: SourcePath
  public var region: Region

  public init(path: SourcePath, region: Region) {
    self.path = path
    self.region = region
  }
}

/// A place that a finding names besides its own: perhaps in another file.
public struct RelatedLocation: Hashable, Sendable {
  public var location: Location
  /// What it has to do with the finding, in a few words, plain text, without any value.
  public var message: String

  public init(location: Location, message: String) {
    self.location = location
    self.message = message
  }
}
