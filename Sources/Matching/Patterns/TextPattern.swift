internal import CPCRE2

/// A regular expression over text, as the expressions of rules use it: UTF-8, Unicode classes, found anywhere.
///
/// ``Pattern`` is for the bytes of files; this one is for values, which are valid text.
@safe package final class TextPattern: Sendable {
  // Safe to share: PCRE2 never writes to compiled code after the JIT step in `init`.
  private nonisolated(unsafe) let code: OpaquePointer

  /// What one search may cost; see ``PatternScratch/init(matchLimit:)``.
  private static let matchLimit: UInt32 = 200_000

  package init(_ source: String) throws(PatternError) {
    var number: Int32 = 0
    var offset = 0
    var source = source
    let options = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_NEVER_BACKSLASH_C)
    let compiled = source.withUTF8 { text in
      unsafe pcre2_compile_8(text.baseAddress, text.count, options, &number, &offset, nil)
    }
    guard let compiled = unsafe compiled else { throw PatternError(Pattern.message(for: number), at: offset) }
    _ = unsafe pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))
    unsafe code = compiled
  }

  deinit { unsafe pcre2_code_free_8(code) }

  /// Whether the pattern matches anywhere in `text`.
  /// - Throws: when the search costs too much.
  package func isFound(in text: String) throws(PatternError) -> Bool {
    try firstMatch(in: text, from: 0) != nil
  }

  /// Where the pattern first matches at or after an offset, in bytes.
  /// - Precondition: `0 <= offset <= text.utf8.count`, at the beginning of a character.
  /// - Throws: when the search costs too much.
  package func firstMatch(in text: String, from offset: Int) throws(PatternError) -> Range<Int>? {
    guard let data = unsafe pcre2_match_data_create_8(1, nil), let context = unsafe pcre2_match_context_create_8(nil)
    else { throw PatternError("out of memory", at: 0) }
    defer {
      unsafe pcre2_match_data_free_8(data)
      unsafe pcre2_match_context_free_8(context)
    }
    unsafe pcre2_set_match_limit_8(context, Self.matchLimit)
    var text = text
    let result = text.withUTF8 { bytes in
      // Swift's strings are valid UTF-8: PCRE2 need not check.
      unsafe pcre2_match_8(code, bytes.baseAddress, bytes.count, offset, UInt32(PCRE2_NO_UTF_CHECK), data, context)
    }
    if result == PCRE2_ERROR_NOMATCH { return nil }
    // 0: the match is there, but the one pair of offsets is too few for its groups.
    guard result >= 0, let pair = unsafe pcre2_get_ovector_pointer_8(data) else {
      throw PatternError(Pattern.message(for: result), at: 0)
    }
    let (start, end) = unsafe (Int(pair[0]), Int(pair[1]))
    // Up to PCRE2 10.37 a `\K` in a look-ahead could put the start behind the end.
    return min(start, end)..<end
  }
}
