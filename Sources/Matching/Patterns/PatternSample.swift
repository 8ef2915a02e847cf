/// Texts that a pattern is likely to match, and literals that it holds: for who turns another tool's rule into one of ours.
///
/// Nothing here knows whether a sample matches (assertions are passed over); whoever uses one tries it.
package enum PatternSample {
  /// A text in which generated parts are templates (`{{hex:32}}`), so that it holds no credential.
  ///
  /// - Parameter variant: which of several branches, and whether what may be absent is there.
  package static func template(of pattern: String, variant: Int) throws(PatternError) -> String {
    var text = ""
    try PatternSyntax.parse(pattern).write(to: &text, variant: variant)
    return text
  }

  /// Runs of literal characters, three and longer, in lower case; the longest first.
  package static func literals(in pattern: String) throws(PatternError) -> [String] {
    var runs: Set<[UInt8]> = []
    var run: [UInt8] = []
    try PatternSyntax.parse(pattern).collect(&runs, run: &run)
    if run.count >= 3 { runs.insert(run) }
    return runs.sorted {
      ($1.count, String(decoding: $0, as: UTF8.self)) < ($0.count, String(decoding: $1, as: UTF8.self))
    }
    .map { String(decoding: $0, as: UTF8.self) }
  }
}

extension PatternSyntax {
  /// The alphabets of templates, the richest first.
  private static let alphabets: [(name: String, set: ByteSet)] = [
    ("base64", ByteSet.alnum.union(ByteSet("+/".utf8))), ("base64url", ByteSet.alnum.union(ByteSet("-_".utf8))),
    ("base62", .alnum), ("base36", ByteSet.lower.union(.digit)), ("BASE36", ByteSet.upper.union(.digit)),
    ("base32", ByteSet.upper.union(ByteSet("234567".utf8))), ("alpha", .alpha), ("lower", .lower), ("upper", .upper),
    ("hex", ByteSet.digit.union(ByteSet("abcdef".utf8))), ("HEX", ByteSet.digit.union(ByteSet("ABCDEF".utf8))),
    ("digit", .digit),
  ]

  private static func alphabet(within set: ByteSet) -> String? {
    alphabets.first { $0.set.members.allSatisfy(set.contains) }?.name
  }

  /// One character of a set, as people would write it.
  private static func member(of set: ByteSet) -> String {
    let likely = Array("= \"':_-/.".utf8).first { set.contains($0) }
    guard let byte = likely ?? set.members.first(where: { $0 > 0x20 && $0 < 0x7F }) ?? set.members.first else {
      return ""
    }
    return String(decoding: [byte], as: UTF8.self)
  }

  fileprivate func write(to text: inout String, variant: Int) {
    switch self {
    case .byte(let set):
      if set.count <= 2, let byte = set.members.last {
        text += String(decoding: [byte], as: UTF8.self)
      } else if let name = Self.alphabet(within: set) {
        text += "{{\(name):1}}"
      } else {
        text += Self.member(of: set)
      }
    case .sequence(let items): for item in items { item.write(to: &text, variant: variant) }
    case .alternation(let branches):
      if !branches.isEmpty { branches[variant % branches.count].write(to: &text, variant: variant) }
    case .capture(_, let body): body.write(to: &text, variant: variant)
    case .repetition(let body, let least, let most, _):
      // What looks generated should be long enough to look so.
      let wanted = least >= 8 ? max(least, 24) : least == 0 && variant % 2 == 1 ? 1 : least
      let count = min(wanted, most ?? wanted)
      if case .byte(let set) = body, set.count > 2, count > 0, let name = Self.alphabet(within: set) {
        text += "{{\(name):\(count)}}"
      } else {
        for _ in 0..<min(count, 200) { body.write(to: &text, variant: variant) }
      }
    case .assertion, .lookahead, .lookbehind: break
    }
  }

  fileprivate func collect(_ runs: inout Set<[UInt8]>, run: inout [UInt8]) {
    func end(_ run: inout [UInt8]) {
      if run.count >= 3 { runs.insert(run) }
      run = []
    }
    switch self {
    case .byte(let set):
      let letters = Set(set.members.map(\.asciiLowercased))
      if letters.count == 1, let letter = letters.first { run.append(letter) } else { end(&run) }
    case .sequence(let items): for item in items { item.collect(&runs, run: &run) }
    case .capture(_, let body): body.collect(&runs, run: &run)
    case .alternation(let branches):
      end(&run)
      for branch in branches {
        branch.collect(&runs, run: &run)
        end(&run)
      }
    case .repetition(let body, let least, let most, _):
      if least == 1, most == 1 {
        body.collect(&runs, run: &run)
      } else {
        end(&run)
        body.collect(&runs, run: &run)
        end(&run)
      }
    case .assertion, .lookahead, .lookbehind: break
    }
  }
}
