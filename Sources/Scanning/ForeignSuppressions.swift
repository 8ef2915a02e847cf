internal import Findings

/// Finds for a finding the comment of another tool that speaks of it.
///
/// Only the lines of findings are read, each once; the whole file only where a rule is known to a tool whose comments
/// reach further.
struct ForeignSuppressions: ~Copyable {
  private let lines: LineIndex
  private let isDockerfile: Bool
  private let isNested: Bool
  private var commentsOfLine: [Int: [ForeignComment]] = [:]
  /// What comments that reach far speak of; `nil` until somebody asks.
  private var farComments: [(comment: ForeignComment, lines: ClosedRange<Int>)]?

  /// The most lines of one finding that are looked at.
  private static let maxLines = 200
  /// The most comments in a file that are looked at beyond their line.
  private static let maxFarComments = 2_000

  init(path: SourcePath, lines: LineIndex) {
    self.lines = lines
    let name = String(decoding: path.name, as: UTF8.self).lowercased()
    isDockerfile = name.contains("dockerfile") || name.contains("containerfile")
    // In these a comment at the margin belongs to the block below it, or to nothing.
    isNested = !isDockerfile && (name.hasSuffix(".tf") || name.hasSuffix(".hcl"))
  }

  /// - Parameters:
  ///   - place: the lines of what was found.
  ///   - rules: the rules that found it.
  mutating func comment(
    on place: ClosedRange<Int>, rules: [Rule], isSecret: Bool, in text: Span<UInt8>
  ) -> ForeignComment? {
    func isMeant(_ comment: ForeignComment) -> Bool { rules.contains { comment.names($0, isSecret: isSecret) } }
    let last = min(place.upperBound, place.lowerBound + Self.maxLines)
    for line in place.lowerBound...last {
      for comment in comments(inLine: line, of: text) where isMeant(comment) {
        switch comment.scope {
        case .line, .lineOrBeside, .lineAndNext, .lineAndBlockBelow: return comment
        default: continue
        }
      }
    }
    for comment in comments(inLine: place.lowerBound - 1, of: text) where isMeant(comment) {
      switch comment.scope {
      case .nextLine, .lineAndNext: return comment
      case .lineOrBeside where place.count > 1: return comment
      default: continue
      }
    }
    if place.count > 1 {
      for comment in comments(inLine: place.upperBound + 1, of: text)
      where isMeant(comment) && comment.scope == .lineOrBeside {
        return comment
      }
    }
    guard rules.contains(where: { rule in rule.aliases.contains { alias in Self.isFar(alias) } }) || isSecret else {
      return nil
    }
    readFarComments(in: text)
    return farComments?.first { isMeant($0.comment) && $0.lines.contains(place.lowerBound) }?.comment
  }

  private static func isFar(_ alias: String) -> Bool { ForeignComment.farTools.contains { alias.hasPrefix($0) } }

  private mutating func comments(inLine line: Int, of text: Span<UInt8>) -> [ForeignComment] {
    guard line >= 1, line <= lines.lineCount else { return [] }
    if let known = commentsOfLine[line] { return known }
    let comments = ForeignComment.comments(in: range(ofLine: line, in: text), of: text)
    commentsOfLine[line] = comments
    return comments
  }

  /// Without its line ending.
  private func range(ofLine line: Int, in text: Span<UInt8>) -> Range<Int> {
    var range = lines.range(ofLine: line, in: text)
    while !range.isEmpty, text[range.upperBound - 1] == 10 || text[range.upperBound - 1] == 13 {
      range = range.lowerBound..<range.upperBound - 1
    }
    return range
  }

  private mutating func readFarComments(in text: Span<UInt8>) {
    guard farComments == nil else { return }
    let bytes = Array(text)
    var found: Set<Int> = []
    for word in ForeignComment.farWords {
      var start = 0
      while found.count < Self.maxFarComments, let place = bytes.firstOffset(of: word, from: start) {
        found.insert(lines.line(at: place))
        start = place + word.count
      }
    }
    var far: [(comment: ForeignComment, lines: ClosedRange<Int>)] = []
    let blocks = LineBlocks(lines: lines, isDockerfile: isDockerfile)
    for line in found.sorted() {
      for comment in comments(inLine: line, of: text) where comment.reachesFar {
        if let range = scope(of: comment, line: line, blocks, in: text) { far.append((comment, range)) }
      }
    }
    farComments = far
  }

  private func scope(
    of comment: ForeignComment, line: Int, _ blocks: LineBlocks, in text: Span<UInt8>
  ) -> ClosedRange<Int>? {
    switch comment.scope {
    case .line, .lineOrBeside, .nextLine, .lineAndNext: return nil
    case .blockBelow: return blocks.block(below: line, in: text)
    case .lineAndBlockBelow: return blocks.block(below: line, in: text).map { line...$0.upperBound }
    case .file: return 1...lines.lineCount
    case .fileFromHead: return blocks.isHead(line, in: text) ? 1...lines.lineCount : nil
    case .blockAround:
      if isDockerfile { return 1...lines.lineCount }
      if let block = blocks.block(around: line, toTop: isNested, in: text) { return block }
      return isNested ? nil : 1...lines.lineCount
    }
  }
}
