internal import CPCRE2

/// A regular expression compiled by PCRE2 (8-bit, just-in-time where the machine has it) that matches bytes.
///
/// Text is not taken as UTF-8, so that a file with broken encoding is matched like any other; `\w` and case folding
/// know ASCII only. Syntax: https://www.pcre.org/current/doc/html/pcre2pattern.html.
@safe package final class Pattern: Sendable {
  // Safe to share: PCRE2 never writes to compiled code after the JIT step in `init`
  // (https://www.pcre.org/current/doc/html/pcre2api.html, "Multithreading").
  fileprivate nonisolated(unsafe) let code: OpaquePointer
  /// How many capture groups the pattern has, not counting the whole match.
  package let groupCount: Int

  package init(_ source: String) throws(PatternError) {
    var number: Int32 = 0
    var offset = 0
    var source = source
    let options = UInt32(PCRE2_USE_OFFSET_LIMIT) | UInt32(PCRE2_NEVER_BACKSLASH_C) | UInt32(PCRE2_NEVER_UTF)
    let compiled = source.withUTF8 { text in
      unsafe pcre2_compile_8(text.baseAddress, text.count, options, &number, &offset, nil)
    }
    guard let compiled = unsafe compiled else { throw PatternError(Self.message(for: number), at: offset) }
    // Where there is no JIT the call fails and matching interprets: slower, the same matches.
    _ = unsafe pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))
    var groups: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    unsafe code = compiled
    groupCount = Int(groups)
  }

  deinit { unsafe pcre2_code_free_8(code) }

  /// The number of the group with this name.
  package func group(named name: String) -> Int? {
    let number = unsafe name.withCString { text in
      unsafe text.withMemoryRebound(to: UInt8.self, capacity: name.utf8.count + 1) { bytes in
        unsafe pcre2_substring_number_from_name_8(code, bytes)
      }
    }
    return number > 0 ? Int(number) : nil
  }

  /// PCRE2's own words for one of its error numbers.
  static func message(for number: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = unsafe pcre2_get_error_message_8(number, &buffer, buffer.count)
    return length > 0 ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "error \(number)"
  }
}

/// The memory that one worker matches with; reused for all patterns, never shared.
@safe package struct PatternScratch: ~Copyable {
  /// The most groups that a pattern may have.
  package static let maxGroups = 31

  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?

  /// - Parameter matchLimit: how much work one attempt may cost before it is given up
  ///   (https://www.pcre.org/current/doc/html/pcre2api.html, `pcre2_set_match_limit`).
  package init(matchLimit: UInt32 = 2_000_000) {
    // These calls return NULL only when memory is exhausted, which Swift's own allocations do not survive either.
    guard let data = unsafe pcre2_match_data_create_8(UInt32(Self.maxGroups) + 1, nil),
      let context = unsafe pcre2_match_context_create_8(nil)
    else { fatalError("out of memory") }
    unsafe self.data = data
    unsafe self.context = context
    unsafe stack = pcre2_jit_stack_create_8(32 << 10, 1 << 20, nil)
    unsafe pcre2_set_match_limit_8(context, matchLimit)
    unsafe pcre2_set_depth_limit_8(context, 10_000)
    unsafe pcre2_set_heap_limit_8(context, 16 << 10)  // KiB
    unsafe pcre2_jit_stack_assign_8(context, nil, stack.map { unsafe UnsafeMutableRawPointer($0) })
  }

  deinit {
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_jit_stack_free_8(stack)
  }

  /// What came of one attempt.
  package enum Outcome: Equatable {
    case match(Range<Int>)
    case none
    /// PCRE2 gave up: a limit was reached.
    case fault(String)
  }

  /// The leftmost match that starts in `starts` and lies before `end`.
  ///
  /// What stands before `starts` is seen by look-behinds; nothing at or after `end` is seen.
  /// - Precondition: `0 <= starts.lowerBound <= starts.upperBound <= end <= subject.count`.
  package mutating func firstMatch(
    of pattern: Pattern, in subject: Span<UInt8>, starts: ClosedRange<Int>, end: Int
  ) -> Outcome {
    precondition(starts.lowerBound >= 0 && starts.upperBound <= end && end <= subject.count)
    unsafe pcre2_set_offset_limit_8(context, starts.upperBound)
    let code = unsafe subject.withUnsafeBufferPointer { buffer in
      // The bytes live as long as the span; `end` is within them by the precondition. An empty span may have no
      // address; then there is nothing to match, as no pattern in use matches the empty string.
      guard let base = buffer.baseAddress else { return Int32(PCRE2_ERROR_NOMATCH) }
      return unsafe pcre2_match_8(pattern.code, base, end, starts.lowerBound, 0, data, context)
    }
    if code > 0 { return .match(range(of: 0) ?? starts.lowerBound..<starts.lowerBound) }
    return code == PCRE2_ERROR_NOMATCH ? .none : .fault(Pattern.message(for: code))
  }

  /// Where a group of the last match lies; `nil` when it took no part.
  package func range(of group: Int) -> Range<Int>? {
    guard group >= 0, group < Int(unsafe pcre2_get_ovector_count_8(data)) else { return nil }
    guard let offsets = unsafe pcre2_get_ovector_pointer_8(data) else { return nil }
    // Two entries for each of the pairs that `pcre2_get_ovector_count` counts; an unset group reads as -1.
    let start = Int(bitPattern: UInt(bitPattern: unsafe offsets[2 * group]))
    let end = Int(bitPattern: UInt(bitPattern: unsafe offsets[2 * group + 1]))
    return start >= 0 && end >= start ? start..<end : nil
  }
}
