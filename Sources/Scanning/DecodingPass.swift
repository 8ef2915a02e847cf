internal import Findings
internal import Matching
internal import RulePacks

// What is encoded is decoded into a text of its own, which the same rules look at, and which is looked at for encodings in
// its turn. A match there is a match in the file: at the place of its encoded form, with the value that was decoded.

/// Looks for credentials in what the encoded parts of a text stand for. Each worker has its own.
struct DecodingPass: ~Copyable {
  /// How many encodings are undone one after the other.
  static let maxDepth = 4
  /// Up to this many times its own size of a text is decoded in all, and this much of a small one.
  private static let maxGrowth = 2
  private static let minLimit = 64 << 10

  private var decoder = TextDecoder()
  /// Their memory is used again for each text.
  private var layers = [DecodedText](repeating: DecodedText(), count: Self.maxDepth)

  /// Calls `match` for each match in decoded text that took some decoding, places and values being those of `text`.
  ///
  /// - Returns: false when there was more to decode than the limit allows.
  mutating func scan(
    _ text: Span<UInt8>, with rules: TextRuleSet, scratch: inout TextRuleSet.Scratch,
    match: (TextRuleSet.Match) -> Void, fault: (TextRuleSet.Fault) -> Void, trace: TextTrace? = nil
  ) -> Bool {
    var rest = max(text.count * Self.maxGrowth, Self.minLimit)
    var depth = 0
    var isComplete = true
    while depth < Self.maxDepth {
      // Out of the array while the layer before it is read.
      var decoded = DecodedText()
      swap(&decoded, &layers[depth])
      let outcome: TextDecoder.Outcome
      if depth == 0 {
        outcome = decoder.decode(text, limit: rest, into: &decoded)
      } else {
        let before = layers[depth - 1]
        outcome = decoder.decode(before.bytes.span, limit: rest, into: &decoded)
      }
      if case .nothing = outcome {
        swap(&decoded, &layers[depth])
        break
      }
      if case .cut = outcome { isComplete = false }
      rest -= decoded.bytes.count
      let found = layers[..<depth]
      let layerTrace = trace.map { _ in TextTrace() }
      rules.scan(
        decoded.bytes.span, scratch: &scratch,
        match: { hit in
          guard Self.isMeant(rules.rules[hit.rule].metadata, hit.proof) else { return }
          if let located = Self.located(hit, in: found + [decoded]) { match(located) }
        }, fault: fault, trace: layerTrace)
      if let trace, let layerTrace { Self.add(layerTrace, to: trace, rules: rules.rules, in: found + [decoded]) }
      swap(&decoded, &layers[depth])
      depth += 1
      if rest <= 0 { break }
    }
    return isComplete
  }

  /// Rules that guess from a name say nothing of decoded text: it is too often something else.
  private static func isMeant(_ rule: Rule, _ proof: Proof) -> Bool {
    rule.confidence > .low || proof == .proved
  }

  /// Tells of the matches in the last layer, each with what was decoded. Keywords without a match say little there.
  private static func add(
    _ noted: TextTrace, to trace: TextTrace, rules: [TextRule], in layers: ArraySlice<DecodedText>
  ) {
    guard let text = layers.last?.bytes else { return }
    for attempt in noted.attempts {
      guard case .matched(let evaluation) = attempt.outcome,
        isMeant(rules[attempt.rule].metadata, evaluation.verification?.proof ?? .shaped),
        let origin = origin(of: evaluation.secretRange, evaluation.place, in: layers)
      else { continue }
      let decoders = origin.encodings.map(\.rawValue)
      trace.add(attempt, from: TextTrace.Source(decoders: decoders, place: origin.secret, text: text))
    }
  }

  /// What a credential of the last layer was decoded from, in the text that the first layer was; `nil` when it was only
  /// copied in one of the layers: then the layer before has it too.
  private static func origin(
    of secret: Range<Int>, _ place: Range<Int>, in layers: ArraySlice<DecodedText>
  ) -> (secret: Range<Int>, place: Range<Int>, encodings: [Encoding])? {
    var (secret, place, encodings) = (secret, place, [Encoding]())
    for layer in layers.reversed() {
      guard let origin = layer.origin(of: secret), !origin.encodings.isEmpty else { return nil }
      // A place outside of the value may have been copied.
      place = layer.origin(of: place)?.range ?? origin.range
      secret = origin.range
      encodings = origin.encodings + encodings
    }
    return (secret, place, encodings)
  }

  /// The match at its place in the text that the first layer was decoded from.
  private static func located(_ match: TextRuleSet.Match, in layers: ArraySlice<DecodedText>) -> TextRuleSet.Match? {
    guard let bytes = layers.last?.bytes[match.secret], let origin = origin(of: match.secret, match.place, in: layers)
    else { return nil }
    var located = match
    located.secret = origin.secret
    located.place = origin.place
    located.decoding = TextRuleSet.Decoding(encodings: origin.encodings, value: Array(bytes))
    return located
  }
}
