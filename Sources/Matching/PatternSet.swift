internal import Synchronization

/// A pattern and the literals near which it is looked for.
///
/// It is compiled when it is first needed: a scan meets few of the rules, and compiling costs more than matching.
package final class AnchoredPattern: Sendable {
  /// What a pattern is turned into.
  struct Plan: Sendable {
    let pattern: Pattern
    let shape: PatternShape
  }

  package let source: String
  package let anchors: [String]
  private let compiled = Mutex<Result<Plan, PatternError>?>(nil)

  /// - Parameters:
  ///   - source: see ``Pattern``; repetitions bounded, no back-references.
  ///   - anchors: every match holds one of them, in whatever case.
  package init(_ source: String, anchors: [String]) {
    self.source = source
    self.anchors = anchors
  }

  func plan() throws(PatternError) -> Plan {
    try compiled.withLock { compiled in
      if let compiled { return compiled }
      let result = Result { () throws(PatternError) in
        let pattern = try Pattern(source)
        guard pattern.groupCount <= PatternScratch.maxGroups else {
          throw PatternError("more than \(PatternScratch.maxGroups) groups", at: 0)
        }
        return Plan(pattern: pattern, shape: try PatternShape(of: source, anchors: anchors))
      }
      compiled = result
      return result
    }.get()
  }

  /// Compiles the pattern now and throws what is wrong with it.
  package func check() throws(PatternError) { _ = try plan() }

  /// The number of a group given by name or number; `nil` when there is no such group.
  package func group(_ name: String) throws(PatternError) -> Int? {
    let pattern = try plan().pattern
    guard let number = Int(name) else { return pattern.group(named: name) }
    return (0...pattern.groupCount).contains(number) ? number : nil
  }
}

/// Patterns that are looked for together: one literal pass over a buffer, then PCRE2 in a window round each hit.
///
/// The matches are those that searching the whole buffer with each pattern gives, from left to right and without
/// overlap (`Tests/MatchingTests/ReferenceMatcher.swift` is that plain version; `docs/architecture.md`, "Exact windows",
/// has the argument).
package final class PatternSet: Sendable {
  /// How much text a set is meant for. It decides how the literals are found, never what is found.
  package enum Scale: Sendable {
    /// A few files: ready at once.
    case small
    /// A tree: some milliseconds to make, then three times as fast.
    case large
  }

  package let patterns: [AnchoredPattern]
  private let prefilter: AnyPrefilter?
  /// The length of each literal in bytes.
  private let lengths: [Int]
  /// For each literal of the prefilter the patterns that it is an anchor of.
  private let patternsOfLiteral: [[UInt32]]

  private enum AnyPrefilter: Sendable {
    case vectorscan(Prefilter)
    case trigrams(TrigramPrefilter)
  }

  package init(_ patterns: [AnchoredPattern], scale: Scale = .large) throws(PrefilterError) {
    self.patterns = patterns
    var literals: [[UInt8]] = []
    var indexOfLiteral: [[UInt8]: Int] = [:]
    var patternsOfLiteral: [[UInt32]] = []
    for (index, pattern) in patterns.enumerated() {
      for anchor in pattern.anchors {
        let literal = anchor.utf8.map(\.asciiLowercased)
        if let known = indexOfLiteral[literal] {
          if patternsOfLiteral[known].last != UInt32(index) { patternsOfLiteral[known].append(UInt32(index)) }
        } else {
          indexOfLiteral[literal] = literals.count
          literals.append(literal)
          patternsOfLiteral.append([UInt32(index)])
        }
      }
    }
    self.patternsOfLiteral = patternsOfLiteral
    lengths = literals.map(\.count)
    if literals.isEmpty {
      prefilter = nil
    } else if scale == .small, let trigrams = TrigramPrefilter(literals: literals) {
      prefilter = .trigrams(trigrams)
    } else {
      prefilter = .vectorscan(try Prefilter(literals: literals))
    }
  }

  /// The memory that one worker scans with; never shared.
  package struct Scratch: ~Copyable {
    fileprivate var vectorscan: PrefilterScratch?
    fileprivate var hits: [PrefilterScratch.Hit] = []
    fileprivate var match: PatternScratch
    fileprivate var plans: [AnchoredPattern.Plan?]
    fileprivate var candidates: [Candidate] = []
  }

  package func makeScratch(matchLimit: UInt32 = 2_000_000) throws(PrefilterError) -> Scratch {
    var vectorscan: PrefilterScratch?
    if case .vectorscan(let prefilter) = prefilter { vectorscan = try PrefilterScratch(for: prefilter) }
    return Scratch(
      vectorscan: vectorscan, match: PatternScratch(matchLimit: matchLimit),
      plans: Array(repeating: nil, count: patterns.count))
  }

  /// A place where a pattern may match: its number above, the start of the anchor below, so that numbers sort as
  /// (pattern, start).
  fileprivate typealias Candidate = UInt64

  /// One match of one pattern.
  package struct Match: Hashable, Sendable {
    /// The index in ``patterns``.
    package let pattern: Int
    /// What each group matched, the whole match first.
    package let groups: [Range<Int>?]

    package var range: Range<Int> { groups[0] ?? 0..<0 }
  }

  /// A pattern that gave up at a place.
  package struct Fault: Hashable, Sendable {
    package let pattern: Int
    package let offset: Int
    package let message: String
  }

  /// What came of one place where an anchor stands: told before the match or the fault itself.
  package struct Attempt: Sendable {
    /// The index in ``patterns``.
    package let pattern: Int
    /// Where the anchor stands.
    package let anchor: Int
    package let outcome: Outcome

    package enum Outcome: Sendable {
      /// The anchor stands within the pattern's last match.
      case withinLastMatch
      /// No match starts in `starts` and ends before `end`.
      case silent(starts: ClosedRange<Int>, end: Int)
      case matched
      case gaveUp
    }
  }

  /// Finds all matches in `subject`, ordered by pattern and then by place.
  ///
  /// Nothing is allocated for a buffer without a match once the scratch has grown to its size.
  /// - Parameter observe: is told of every anchor, for people who ask why nothing was found.
  package func scan(
    _ subject: Span<UInt8>, scratch: inout Scratch, match: (Match) -> Void, fault: (Fault) -> Void,
    observe: ((Attempt) -> Void)? = nil
  ) {
    guard let prefilter, subject.count > 0 else { return }
    scratch.hits.removeAll(keepingCapacity: true)
    switch prefilter {
    case .vectorscan(let prefilter): scratch.vectorscan?.scan(subject, with: prefilter, into: &scratch.hits)
    case .trigrams(let prefilter): prefilter.scan(subject, into: &scratch.hits)
    }
    collectCandidates(scratch: &scratch)
    var current = -1
    var position = 0
    for candidate in scratch.candidates {
      let index = Int(candidate >> 32)
      let anchor = Int(candidate & 0xFFFF_FFFF)
      if index != current {
        current = index
        position = 0
      }
      // An anchor inside the last match cannot be the first one of the next match.
      guard anchor >= position else {
        observe?(Attempt(pattern: index, anchor: anchor, outcome: .withinLastMatch))
        continue
      }
      guard let plan = plan(at: index, scratch: &scratch, fault: fault) else { continue }
      let start = max(position, anchor - plan.shape.reach)
      let end = min(subject.count, anchor + plan.shape.longest + plan.shape.slack)
      switch scratch.match.firstMatch(of: plan.pattern, in: subject, starts: start...anchor, end: end) {
      case .none:
        observe?(Attempt(pattern: index, anchor: anchor, outcome: .silent(starts: start...anchor, end: end)))
      case .fault(let message):
        observe?(Attempt(pattern: index, anchor: anchor, outcome: .gaveUp))
        fault(Fault(pattern: index, offset: anchor, message: message))
      case .match(let range):
        position = range.upperBound
        observe?(Attempt(pattern: index, anchor: anchor, outcome: .matched))
        match(Match(pattern: index, groups: (0...plan.pattern.groupCount).map { scratch.match.range(of: $0) }))
      }
    }
  }

  /// How many of the first bytes of a group's value are public; see ``PatternShape/publicPrefixLength(of:group:)``.
  package func publicPrefixLength(of value: [UInt8], pattern: Int, group: Int) -> Int {
    (try? patterns[pattern].plan().shape.publicPrefixLength(of: value, group: group)) ?? 0
  }

  private func collectCandidates(scratch: inout Scratch) {
    scratch.candidates.removeAll(keepingCapacity: true)
    for hit in scratch.hits {
      let literal = Int(hit.literal)
      let start = UInt64(Int(hit.end) - lengths[literal])
      for pattern in patternsOfLiteral[literal] { scratch.candidates.append(UInt64(pattern) << 32 | start) }
    }
    scratch.candidates.sort()
  }

  /// The plan of a pattern, kept in the scratch so that workers do not meet at its lock.
  private func plan(at index: Int, scratch: inout Scratch, fault: (Fault) -> Void) -> AnchoredPattern.Plan? {
    if let plan = scratch.plans[index] { return plan }
    do {
      let plan = try patterns[index].plan()
      scratch.plans[index] = plan
      return plan
    } catch {
      // Packs are checked before they are used; a pattern that fails here was never checked.
      fault(Fault(pattern: index, offset: 0, message: error.description))
      return nil
    }
  }
}
