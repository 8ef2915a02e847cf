package import Documents

extension JSONPath {
  /// A query as rules write it under `select`, with patterns of PCRE2 in `match` and `search`.
  package init(ofRule text: String) throws(JSONPathError) {
    try self.init(parsing: text, regexEngine: ExpressionSupport.jsonPathRegexEngine)
  }
}
