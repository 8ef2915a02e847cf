internal import Synchronization

/// A pattern that is looked for in small ranges only, and so needs no anchors: beside what another pattern found.
///
/// It is compiled when it is first needed.
package final class BoundedPattern: Sendable {
  package let source: String
  private let compiled = Mutex<Result<Pattern, PatternError>?>(nil)

  /// - Parameter source: see ``Pattern``; repetitions bounded, no back-references.
  package init(_ source: String) {
    self.source = source
  }

  private func pattern() throws(PatternError) -> Pattern {
    try compiled.withLock { compiled in
      if let compiled { return compiled }
      let result = Result { () throws(PatternError) in
        let pattern = try Pattern(source)
        guard pattern.groupCount <= PatternScratch.maxGroups else {
          throw PatternError("more than \(PatternScratch.maxGroups) groups", at: 0)
        }
        let longest = try PatternSyntax.parse(source).longest()
        guard longest <= PatternShape.limit else {
          throw PatternError("a match can be \(longest) bytes long; the limit is \(PatternShape.limit)", at: 0)
        }
        return pattern
      }
      compiled = result
      return result
    }.get()
  }

  /// Compiles the pattern now and throws what is wrong with it.
  package func check() throws(PatternError) { _ = try pattern() }

  /// The number of a group given by name or number; `nil` when there is no such group.
  package func group(_ name: String) throws(PatternError) -> Int? {
    let pattern = try pattern()
    guard let number = Int(name) else { return pattern.group(named: name) }
    return (0...pattern.groupCount).contains(number) ? number : nil
  }

  /// What a search of a range came to.
  package struct Outcome {
    /// Where the wanted group stands in each match, from left to right, without overlap.
    package var places: [Range<Int>] = []
    /// Why the search ended early, if it did.
    package var fault: String?
  }

  /// Finds the matches that lie in a range of `subject`.
  ///
  /// - Parameters:
  ///   - group: the group whose places are wanted, 0 for the whole match.
  ///   - limit: the most matches that are looked for.
  package func places(
    ofGroup group: Int, in subject: Span<UInt8>, within range: Range<Int>, limit: Int, scratch: inout PatternScratch
  ) -> Outcome {
    var outcome = Outcome()
    do throws(PatternError) {
      let pattern = try pattern()
      var start = range.lowerBound
      while start < range.upperBound, outcome.places.count < limit {
        switch scratch.firstMatch(of: pattern, in: subject, starts: start...range.upperBound, end: range.upperBound) {
        case .none: return outcome
        case .fault(let message):
          outcome.fault = message
          return outcome
        case .match(let whole):
          if let place = scratch.range(of: group), !place.isEmpty { outcome.places.append(place) }
          start = max(whole.upperBound, start + 1)
        }
      }
    } catch {
      outcome.fault = error.description
    }
    return outcome
  }
}
