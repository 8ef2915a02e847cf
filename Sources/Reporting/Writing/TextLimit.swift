/// Texts that a reader refuses when they are longer.
enum TextLimit {
  /// `text`, or its beginning and an ellipsis: at most `limit` bytes of UTF-8, cut between characters.
  static func bytes(_ text: String, _ limit: Int) -> String {
    if text.utf8.count <= limit { return text }
    let ellipsis = "…"
    var kept = ""
    var size = ellipsis.utf8.count
    for character in text {
      size += character.utf8.count
      if size > limit { break }
      kept.append(character)
    }
    return kept + ellipsis
  }

  /// The same, counted in Unicode scalars, as JSON Schema's `maxLength` counts (RFC 8259, 7).
  static func characters(_ text: String, _ limit: Int) -> String {
    if text.utf8.count <= limit || text.unicodeScalars.count <= limit { return text }
    var kept = ""
    var size = 1
    for character in text {
      size += character.unicodeScalars.count
      if size > limit { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
