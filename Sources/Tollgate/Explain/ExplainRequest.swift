/// The place that somebody asks about.
public struct ExplainRequest: Sendable {
  /// A path in the file system.
  public var file: String
  /// Counted from 1; `nil`: the whole file.
  public var line: Int?
  /// Counted from 1, in UTF-16 code units; only with a line.
  public var column: Int?
  /// As in ``ScanRequest``.
  public var excludes: [String] = []
  /// As in ``ScanRequest``.
  public var maxFileBytes = 10 << 20
  /// As in ``ScanRequest``.
  public var honoursForeignSuppressions = true
  /// As in ``ScanRequest``.
  public var asOf: Timestamp?
  /// The least severity that fails the gate; `nil`: none does.
  public var failOn: Severity? = .high

  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Reads `FILE`, `FILE:LINE` or `FILE:LINE:COLUMN`, as compilers and reports write places.
  ///
  /// - Parameter exists: whether there is a file of a name; one whose own name ends in numbers is taken by its name.
  /// - Returns: `nil` when a number is 0 or there is no file name.
  public init?(parsing text: String, exists: (String) -> Bool = { _ in false }) {
    var name = text[...]
    var numbers: [Int] = []
    while numbers.count < 2, !exists(String(name)), let colon = name.lastIndex(of: ":"),
      let number = Self.number(name[name.index(after: colon)...])
    {
      numbers.insert(number, at: 0)
      name = name[..<colon]
    }
    guard !name.isEmpty, numbers.allSatisfy({ $0 > 0 }) else { return nil }
    self.init(file: String(name), line: numbers.first, column: numbers.count > 1 ? numbers[1] : nil)
  }

  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? Int(text) : nil
  }
}
