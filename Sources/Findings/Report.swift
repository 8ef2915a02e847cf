/// What a scan found and what it covered, in an order that depends on the input alone.
public struct Report: Sendable {
  /// A rule pack that took part.
  public struct Pack: Hashable, Sendable {
    private enum Content: Sendable {
      case digest(String)
      case bytes([UInt8])
    }

    public var name: String
    public var ruleCount: Int
    private let content: Content

    public init(name: String, digest: String, ruleCount: Int) {
      self.name = name
      self.ruleCount = ruleCount
      content = .digest(digest)
    }

    package init(name: String, bytes: [UInt8], ruleCount: Int) {
      self.name = name
      self.ruleCount = ruleCount
      content = .bytes(bytes)
    }

    /// SHA-256 of the pack file, in hexadecimal.
    ///
    /// It is computed when it is asked for: a report for people does not show it, and a scan of a few files must not
    /// wait for it.
    public var digest: String {
      switch content {
      case .digest(let digest): digest
      case .bytes(let bytes): Digest.hex(Digest.sha256(bytes))
      }
    }

    public static func == (left: Pack, right: Pack) -> Bool {
      left.name == right.name && left.ruleCount == right.ruleCount && left.digest == right.digest
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(ruleCount)
    }
  }

  /// What was scanned.
  public struct Coverage: Hashable, Sendable {
    public var files: Int
    public var bytes: Int

    public init(files: Int = 0, bytes: Int = 0) {
      self.files = files
      self.bytes = bytes
    }
  }

  /// Which program wrote the report.
  public var tool: String
  public var version: String
  public var packs: [Pack]
  /// The metadata of every rule that took part, by id.
  public var rules: [Rule]
  /// By path, place and rule; suppressed ones included.
  public var findings: [Finding]
  /// By path, then kind.
  public var notifications: [Notification]
  /// `nil` where a report of another tool does not say.
  public var coverage: Coverage?

  public init(
    tool: String, version: String, packs: [Pack] = [], rules: [Rule] = [], findings: [Finding] = [],
    notifications: [Notification] = [], coverage: Coverage? = nil
  ) {
    self.tool = tool
    self.version = version
    self.packs = packs
    self.rules = rules
    self.findings = findings
    self.notifications = notifications
    self.coverage = coverage
  }

  /// False when the scanner failed somewhere or scanned nothing: then silence proves nothing.
  public var isComplete: Bool { incompleteReason == nil }

  /// Why the report is incomplete, for people; `nil` when it is complete.
  public var incompleteReason: String? {
    let errors = notifications.filter { $0.level == .error }
    if let first = errors.first {
      let place = first.path.map { "\($0): " } ?? ""
      return errors.count == 1 ? place + first.message : "\(place)\(first.message) (and \(errors.count - 1) more)"
    }
    let isNothing = notifications.contains { $0.kind == .nothingToScan }
    return coverage?.files == 0 && !isNothing ? "no file was scanned" : nil
  }
}
