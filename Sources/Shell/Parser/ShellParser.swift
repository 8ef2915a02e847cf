/// Reads a script from left to right; see the extensions for lists, compound commands, words and here-documents.
struct ShellParser {
  /// What a command stands in.
  struct Context {
    var parent: Int?
    var depth = 0
    var isCondition = false
    var isInFunction = false
    var isInLoop = false
  }

  struct HereDocument {
    var delimiter: [UInt8]
    var stripsTabs: Bool
    var expands: Bool
    /// The command and the number of its redirection; `nil` for that of a compound command.
    var owner: (command: Int, redirection: Int)?
  }

  /// How many constructs may stand in each other. The stack of a task is small: a level takes some frames.
  static let maxDepth = 64
  static let maxErrors = 20

  let bytes: [UInt8]
  /// Nothing is read from here on.
  var end: Int
  let holes: [Range<Int>]
  var place = 0
  /// The first hole that does not end before `place`.
  private var nextHole = 0
  var commands: [ShellCommand] = []
  private(set) var errors: [ShellScript.SyntaxError] = []
  var pendingHereDocuments: [HereDocument] = []
  var context = Context()
  var pipelineCount = 0
  /// Constructs that are open.
  var nesting: Int
  /// How many bytes of nested scripts may still be read: one that holds itself again and again must come to an end.
  var nestedBytesLeft: Int

  init(_ bytes: [UInt8], holes: [Range<Int>] = [], nesting: Int = 0) {
    self.bytes = bytes
    self.holes = holes
    self.nesting = nesting
    end = bytes.count
    nestedBytesLeft = 4 * bytes.count
  }

  mutating func parseScript() {
    while place < end {
      parseList()
      guard place < end else { break }
      // A closing word or sign without its opening.
      fail("unexpected \(shownToken)")
      skipToken()
    }
    if !pendingHereDocuments.isEmpty { readHereDocuments() }
  }

  mutating func fail(_ message: String, at offset: Int? = nil) {
    if errors.count < Self.maxErrors {
      errors.append(ShellScript.SyntaxError(message: message, offset: min(offset ?? place, end)))
    }
  }

  /// Takes back what a way of reading found that was not the right one.
  mutating func forgetErrors(from count: Int) {
    if errors.count > count { errors.removeSubrange(count...) }
  }

  /// Adds what a nested script says of itself.
  mutating func adopt(_ error: ShellScript.SyntaxError) { fail(error.message, at: error.offset) }

  /// Enters one more level; when that is too deep, the rest of the script is given up.
  mutating func enter() -> Bool {
    nesting += 1
    guard nesting <= Self.maxDepth, commands.count < ShellScript.maxCommands else {
      fail(nesting > Self.maxDepth ? "more than \(Self.maxDepth) levels" : "too many commands")
      place = end
      return false
    }
    return true
  }

  mutating func leave() { nesting -= 1 }

  // MARK: Bytes

  @inline(__always)
  func byte(_ offset: Int = 0) -> UInt8? { place + offset < end ? bytes[place + offset] : nil }

  @inline(__always)
  func isAt(_ character: Unicode.Scalar, _ offset: Int = 0) -> Bool { byte(offset) == UInt8(ascii: character) }

  func isAt(_ text: StaticString) -> Bool {
    guard place + text.utf8CodeUnitCount <= end else { return false }
    return text.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where unsafe bytes[place + index] != buffer[index] { return false }
      return true
    }
  }

  /// The number of the hole that begins here.
  mutating func holeHere() -> Int? {
    if holes.isEmpty { return nil }
    while nextHole < holes.count, holes[nextHole].lowerBound < place { nextHole += 1 }
    while nextHole > 0, holes[nextHole - 1].lowerBound >= place { nextHole -= 1 }
    return nextHole < holes.count && holes[nextHole].lowerBound == place ? nextHole : nil
  }

  /// Blanks, continued lines and comments, but no line breaks.
  mutating func skipBlanks() {
    while place < end {
      switch bytes[place] {
      case 0x20, 0x09: place += 1
      case 0x0D where isAt("\n", 1): place += 1
      case UInt8(ascii: "\\") where isAt("\n", 1): place += 2
      case UInt8(ascii: "\\") where isAt("\r", 1) && isAt("\n", 2): place += 3
      case UInt8(ascii: "#") where holeHere() == nil:
        while place < end, bytes[place] != 0x0A {
          if let hole = holeHere() { place = max(place + 1, holes[hole].upperBound) } else { place += 1 }
        }
      default: return
      }
    }
  }

  /// Blanks, comments and line breaks, here-documents included.
  mutating func skipBlankLines() {
    while true {
      skipBlanks()
      guard isAt("\n") else { return }
      takeNewline()
    }
  }

  mutating func takeNewline() {
    place += 1
    if !pendingHereDocuments.isEmpty { readHereDocuments() }
  }

  /// Whether a word cannot go on here.
  @inline(__always)
  static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: false
    }
  }

  /// The keyword or plain word that stands here, without taking it; empty where none does.
  func plainWordHere() -> ArraySlice<UInt8> {
    var stop = place
    while stop < end, !Self.endsWord(bytes[stop]) {
      let byte = bytes[stop]
      if byte == 0x0D || (byte == UInt8(ascii: "\\") && stop > place && stop + 1 < end && bytes[stop + 1] == 0x0A) {
        break
      }
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "`") || stop - place > 16
      {
        return []
      }
      stop += 1
    }
    return bytes[place..<stop]
  }

  func isWord(_ word: StaticString) -> Bool {
    let here = plainWordHere()
    guard here.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { unsafe here.elementsEqual($0) }
  }

  mutating func take(_ word: StaticString) -> Bool {
    guard isWord(word) else { return false }
    place += word.utf8CodeUnitCount
    return true
  }

  private var shownToken: String {
    let word = plainWordHere()
    if !word.isEmpty { return String(decoding: word, as: UTF8.self) }
    return byte().map { String(decoding: [$0], as: UTF8.self) } ?? "end"
  }

  private mutating func skipToken() {
    let word = plainWordHere()
    place += max(1, word.count)
  }
}
