internal import Findings
internal import RulePacks

extension SnippetBuilder {
  /// What must not be shown because text rules matched it: spans of the text, and values wherever they stand.
  static func spans(of matches: [TextRuleSet.Match], in text: Span<UInt8>) -> (hidden: [Mask], values: [Secret]) {
    var hidden: [Mask] = []
    var values: [Secret] = []
    for match in matches {
      let secret = match.secretValue(in: text)
      // Where a finding points to a part of the value, such as the first line of a key, that part may be seen.
      let isPart = match.place != match.secret && match.secret.clamped(to: match.place) == match.place
      if !isPart {
        hidden.append(Mask(range: match.secret, text: secret.mask))
        values.append(secret)
        // Its encoded form gives the value away as well.
        if match.decoding != nil { values.append(Secret(Array(text.extracting(match.secret)))) }
      } else {
        let token = secret.lengthClass.redactionToken
        hidden.append(Mask(range: match.secret.lowerBound..<match.place.lowerBound, text: token))
        hidden.append(Mask(range: match.place.upperBound..<match.secret.upperBound, text: token))
      }
      // The other half may be no credential by itself and yet nothing to show.
      for part in match.parts {
        let secret = Secret(Array(text.extracting(part.secret)), publicPrefixLength: part.publicPrefixLength)
        hidden.append(Mask(range: part.secret, text: secret.mask))
        values.append(secret)
      }
    }
    return (hidden.filter { !$0.range.isEmpty }, values)
  }
}

extension TextRuleSet.Match {
  /// The credential that was matched.
  func secretValue(in text: Span<UInt8>) -> Secret {
    Secret(decoding?.value ?? Array(text.extracting(secret)), publicPrefixLength: publicPrefixLength)
  }
}
