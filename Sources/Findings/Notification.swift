/// Something that the reader of a report must know besides the findings: above all what was not scanned, and why.
public struct Notification: Hashable, Sendable {
  /// What happened. An open set: later versions add to it.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file holds NUL bytes: not text.
    public static let binary = Kind(rawValue: "binary")
    /// The file is larger than the limit.
    public static let tooLarge = Kind(rawValue: "too-large")
    /// The file could not be opened or read.
    public static let unreadable = Kind(rawValue: "unreadable")
    /// A symbolic link, which is not followed.
    public static let symbolicLink = Kind(rawValue: "symbolic-link")
    /// A device, socket or pipe.
    public static let specialFile = Kind(rawValue: "special-file")
    /// A submodule whose files are not there.
    public static let submoduleAbsent = Kind(rawValue: "submodule-absent")
    /// The database of a git repository.
    public static let gitDirectory = Kind(rawValue: "git-directory")
    /// A tracked file that is not in the work tree.
    public static let deleted = Kind(rawValue: "deleted")
    /// Left out because the caller said so.
    public static let excluded = Kind(rawValue: "excluded")
    /// Bytes that are not UTF-8; the file was scanned as bytes.
    public static let invalidUTF8 = Kind(rawValue: "invalid-utf8")
    /// The file is not what its name says: it could not be parsed.
    public static let unparsable = Kind(rawValue: "unparsable")
    /// The expression of a rule failed.
    public static let ruleFailed = Kind(rawValue: "rule-failed")
    /// A rule could not tell, because something is known only later.
    public static let unknownValue = Kind(rawValue: "unknown-value")
    /// A pattern gave up at its match limit.
    public static let matchLimit = Kind(rawValue: "match-limit")
    /// A file holds more encoded text than is decoded.
    public static let decodingLimit = Kind(rawValue: "decoding-limit")
    /// An archive, or what is in it, is beyond a limit.
    public static let archiveLimit = Kind(rawValue: "archive-limit")
    /// Entries of an archive are encrypted.
    public static let archiveEncrypted = Kind(rawValue: "archive-encrypted")
    /// An archive, or entries of it, could not be read.
    public static let archiveDamaged = Kind(rawValue: "archive-damaged")
    /// The engine could not be made ready.
    public static let engine = Kind(rawValue: "engine")
    /// Git could not be asked.
    public static let gitUnavailable = Kind(rawValue: "git-unavailable")
    /// An object that git does not have: the clone is partial or damaged.
    public static let objectMissing = Kind(rawValue: "object-missing")
    /// Commits that a shallow clone has left out.
    public static let historyIncomplete = Kind(rawValue: "history-incomplete")
    /// A file of the index in conflict.
    public static let unmerged = Kind(rawValue: "unmerged")
    /// A commit of another repository, which is not looked into here.
    public static let submodule = Kind(rawValue: "submodule")
    /// A change that holds nothing to judge, which is as it should be: without a file the report is complete all the
    /// same.
    public static let nothingToScan = Kind(rawValue: "nothing-to-scan")
    /// The scan was cancelled.
    public static let cancelled = Kind(rawValue: "cancelled")
  }

  /// How much it matters, in SARIF's words (2.1.0, 3.58.6).
  public enum Level: String, Comparable, Sendable {
    /// By design: nothing is lost that the scan set out to do.
    case note
    /// Something that one might have expected to be scanned was not.
    case warning
    /// The scanner failed: the report is incomplete.
    case error

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }

    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
  }

  public var kind: Kind
  public var level: Level
  /// What happened and, where there is one, the next step; never a value.
  public var message: String
  public var path: SourcePath?

  public init(kind: Kind, level: Level, message: String, path: SourcePath? = nil) {
    self.kind = kind
    self.level = level
    self.message = message
    self.path = path
  }

  /// Whether this says that a file, or a part of the tree, was not scanned.
  public var isSkip: Bool {
    switch kind {
    case .binary, .tooLarge, .unreadable, .symbolicLink, .specialFile, .submoduleAbsent, .gitDirectory, .deleted,
      .excluded, .submodule, .objectMissing, .unmerged, .archiveLimit, .archiveEncrypted, .archiveDamaged:
      true
    default: false
    }
  }
}
