import Matching

/// Patterns for which matching in windows is easily wrong, and what to feed them with.
enum NastyPatterns {
  static let all: [AnchoredPattern] = [
    // Branches of different lengths, one a prefix of the other, anchors within anchors.
    AnchoredPattern(#"(?:foo|foobar|xfoobarbaz)\d{1,3}"#, anchors: ["foo"]),
    AnchoredPattern(#"(?:key_|secretkey_|k-)[a-z]{2,6}"#, anchors: ["key_", "secretkey_", "k-"]),
    AnchoredPattern(#"(foo)?bar|barfoo(?<tail>\d)?"#, anchors: ["bar", "arf"]),
    AnchoredPattern(#"aa[ab]{0,2}"#, anchors: ["aa"]),
    AnchoredPattern(#"aba"#, anchors: ["aba"]),
    AnchoredPattern(#"(?:aba){1,2}b?"#, anchors: ["ba", "ab"]),
    // Something optional before the anchor; the anchor at the end.
    AnchoredPattern(#"[a-z]{0,10}_tok_[0-9]{2}"#, anchors: ["_tok_"]),
    AnchoredPattern(
      #"\b[\w-]{0,20}api[_-]?key\s{0,3}[=:]\s{0,3}["']?([\w-]{3,16})"#, anchors: ["apikey", "api_key", "api-key"]),
    AnchoredPattern(#"[0-9a-f]{3,12}\.end"#, anchors: [".end"]),
    AnchoredPattern(#".{0,30}tok"#, anchors: ["tok"]),
    AnchoredPattern(#"(?s).{0,10}tok.{0,10}"#, anchors: ["tok"]),
    AnchoredPattern(#"(?:a?){4}tok(?:b?){4}"#, anchors: ["tok"]),
    AnchoredPattern(#"(?:ab?|a{1,2}){1,5}tok"#, anchors: ["tok"]),
    // Look-behind and look-ahead at the edges of windows.
    AnchoredPattern(#"(?<=q)aba(?=aba)"#, anchors: ["aba"]),
    AnchoredPattern(#"(?<![a-z])tok[0-9]{3}(?![0-9])"#, anchors: ["tok"]),
    AnchoredPattern(#"tok(?=[0-9]{3}\b)"#, anchors: ["tok"]),
    AnchoredPattern(#"tok(?=.{0,30}!)"#, anchors: ["tok"]),
    AnchoredPattern(#"tok(?!.{0,10}foo)"#, anchors: ["tok"]),
    AnchoredPattern(#"tok[0-9](?=(?=[0-9]{1,4}x)[0-9])"#, anchors: ["tok"]),
    AnchoredPattern(#"(?<=foo\n|^)tok"#, anchors: ["tok"]),
    AnchoredPattern(#"\Btok\B"#, anchors: ["tok"]),
    AnchoredPattern(#"tok[^\n]{0,30}(?<=z)"#, anchors: ["tok"]),
    AnchoredPattern(#"tok(?<=k$)"#, anchors: ["tok"]),
    AnchoredPattern(#"tok(?<=k\Z)"#, anchors: ["tok"]),
    AnchoredPattern(#"tok(?<=(?=k.{0,20}!)k)"#, anchors: ["tok"]),
    AnchoredPattern(#"tok(?<=(?!k[0-9]{3})k)"#, anchors: ["tok"]),
    // Lazy, possessive, atomic.
    AnchoredPattern(#"tok[0-9]{2,4}?(?:[^0-9]|$)"#, anchors: ["tok"]),
    AnchoredPattern(#"tok(?>[0-9]{1,4})[0-9]?x?"#, anchors: ["tok"]),
    AnchoredPattern(#"tok[0-9]{1,4}+x"#, anchors: ["tok"]),
    AnchoredPattern(#"(?s)BEGIN.{1,40}?END"#, anchors: ["begin"]),
    AnchoredPattern(#"(?s)BEGIN.{1,40}END"#, anchors: ["begin"]),
    AnchoredPattern(#"(?s)BEGIN.{1,40}?END"#, anchors: ["END"]),
    // Ends of lines and of the buffer.
    AnchoredPattern(#"(?m)^tok=(.{0,10})$"#, anchors: ["tok="]),
    AnchoredPattern(#"^tok"#, anchors: ["tok"]),
    AnchoredPattern(#"\Atok[0-9]?"#, anchors: ["tok"]),
    AnchoredPattern(#"tok$"#, anchors: ["tok"]),
    AnchoredPattern(#"tok\z"#, anchors: ["tok"]),
    AnchoredPattern(#"tok\Z"#, anchors: ["tok"]),
    // Options that change half-way; groups without a part in the match; bytes that are not text.
    AnchoredPattern(#"(?i)PassWord.{0,20}?"([^"]{1,12})""#, anchors: ["password"]),
    AnchoredPattern(#"a(?i)b_tok|c_tok"#, anchors: ["b_tok", "c_tok"]),
    AnchoredPattern(#"(?:(a)|b)?(c)?_tok"#, anchors: ["_tok"]),
    AnchoredPattern(#"(tok){1,3}"#, anchors: ["tok"]),
    AnchoredPattern(#"[\x80-\xff]{1,4}tok[\x00-\x1f]"#, anchors: ["tok"]),
    AnchoredPattern(#"é?tok\xC3"#, anchors: ["tok"]),
  ]

  static let pieces: [[UInt8]] =
    [
      "foo", "foobar", "xfoobarbaz", "bar", "barfoo", "key_", "secretkey_", "k-", "abc", "aba", "aa", "ab", "b", "q",
      "_tok_", "tok", "tok1", "tok12345", "tok=", "tok=abc\n", "tok\n", "_tok", "b_tok", "ac_tok", "c_TOK", "aB_tok",
      "42", "x",
      "z", "!", "apikey", "my-api_key = ", "api-key:\"", "value-123", "deadbeef.end", ".end", "BEGIN", "END",
      "BEGINxEND",
      "password", "PassWord=\"abc\"", "\"", "\n", "\n\n", "\r\n", "123", "0", "é", "\u{0}", " ",
    ].map { Array($0.utf8) } + [[0xFF, 0xC3], [0x80, 0x80, 0x80, 0x80, 0x80]]
}
