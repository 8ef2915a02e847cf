public import Findings

/// One step on the way from a finding to its effect.
public enum Reason: Hashable, Sendable {
  /// How the finding stands to what was known.
  case state(FindingState, basis: String)
  /// The policy gives it other words.
  case overridden(layer: String, severity: Severity, confidence: Confidence, level: Level)
  /// A rule of a layer decides.
  case rule(layer: String, id: String, effect: Effect)
  /// A lower layer would be milder, and the rule above does not let it.
  case notLoosened(layer: String, id: String, effect: Effect)
  /// The stage does not judge such findings.
  case outOfScope(stage: String, scope: String, effect: Effect)
  /// A comment or another tool suppresses it.
  case suppressed(kind: Suppression.Kind, reason: String)
  /// A comment suppresses it, and the policy does not let it.
  case suppressionIgnored(reason: String)
  /// It may stay until a day.
  case grace(until: Day?, effect: Effect)
  /// The time in which it might stay is over.
  case graceOver(since: Day)
  /// An exception accepts it.
  case exception(id: String, owner: String, reason: String, until: Day)
  /// Another tool's finding says the same, and stands for both.
  case sameAs(tool: String, rule: String, fingerprint: Fingerprint)
  /// An exception is about it and does not hold.
  case exceptionVoid(id: String, why: String)

  /// The word for it in JSON.
  public var kind: String {
    switch self {
    case .state: "state"
    case .overridden: "override"
    case .rule: "rule"
    case .notLoosened: "not-loosened"
    case .outOfScope: "scope"
    case .suppressed: "suppression"
    case .suppressionIgnored: "suppression-ignored"
    case .grace: "grace"
    case .graceOver: "grace-over"
    case .exception: "exception"
    case .exceptionVoid: "exception-void"
    case .sameAs: "same-as"
    }
  }

  /// For people, on one line, without control characters.
  public var text: String {
    switch self {
    case .state(let state, let basis): "state \(state.rawValue): \(basis)"
    case .overridden(let layer, let severity, let confidence, let level):
      "override in \(layer): severity \(severity), confidence \(confidence), level \(level)"
    case .rule(let layer, let id, let effect): "rule \(id) of \(layer): \(effect)"
    case .notLoosened(let layer, let id, let effect):
      "rule \(id) of \(layer) would say \(effect), but the layer above is not overridable"
    case .outOfScope(let stage, let scope, let effect): "stage \(stage) judges \(scope) only: \(effect)"
    case .suppressed(let kind, let reason):
      (kind == .inSource ? "suppressed in the source: " : "suppressed in the report: ") + PlainText.line(reason)
    case .suppressionIgnored(let reason): "the policy ignores the suppression: \(PlainText.line(reason))"
    case .grace(let until?, let effect): "grace until \(until): \(effect)"
    case .grace(nil, let effect): "grace without an end: \(effect)"
    case .graceOver(let day): "grace ended on \(day)"
    case .exception(let id, let owner, let reason, let until):
      "exception \(id) of \(PlainText.line(owner)) until \(until): \(PlainText.line(reason))"
    case .sameAs(let tool, let rule, let fingerprint):
      "\(PlainText.line(tool)) says the same: \(PlainText.line(rule)), \(fingerprint)"
    case .exceptionVoid(let id, let why): "exception \(id) does not hold: \(PlainText.line(why))"
    }
  }
}

/// Text that another program or a person wrote, made safe for a terminal.
enum PlainText {
  static func line(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: shown += scalar.escaped(asASCII: true)
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
