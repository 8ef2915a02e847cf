import Tollgate

/// An explanation for programs.
struct ExplanationJSON {
  private(set) var bytes: [UInt8]

  init(_ explanation: Explanation) {
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      object.member("path", explanation.path.description)
      object.member("uri", explanation.path.uri)
      if let lines = explanation.lines { object.member("line", lines.lowerBound) }
      object.member("scanned", explanation.isScanned)
      object.member("classification", ifPresent: explanation.classification)
      object.member("kind", ifPresent: explanation.kind)
      object.array("notes", ifPresent: explanation.notes)
      object.array("attempts") { array in
        for attempt in explanation.attempts { array.object { Self.write(attempt, in: &$0) } }
      }
      object.array("views") { array in
        for view in explanation.views {
          array.object { object in
            object.member("view", view.view)
            object.object("place") { Self.write(view.position, in: &$0) }
          }
        }
      }
      object.array("elements") { array in
        for element in explanation.elements { array.object { Self.write(element, in: &$0) } }
      }
      object.array("comments") { array in
        for comment in explanation.comments {
          array.object { object in
            object.member("line", comment.line)
            object.member("tool", ifPresent: comment.tool)
            object.member("effect", comment.effect)
          }
        }
      }
      object.array("findings") { array in
        for reported in explanation.findings { array.object { Self.write(reported, in: &$0) } }
      }
    }
    writer.endLine()
    bytes = writer.bytes
  }

  private static func write(_ position: Position, in object: inout JSONWriter) {
    object.member("line", position.line)
    object.member("column", position.column)
  }

  private static func write(_ parts: [RuleTrial.Expression.Part], _ name: String, in object: inout JSONWriter) {
    object.array(name) { array in
      for part in parts {
        array.object { object in
          object.member("what", part.source)
          object.member("value", part.value)
        }
      }
    }
  }

  private static func write(_ attempt: Explanation.TextAttempt, in object: inout JSONWriter) {
    object.member("rule", attempt.rule)
    object.member("keyword", attempt.keyword)
    object.object("place") { write(attempt.position, in: &$0) }
    object.array("decoders", ifPresent: attempt.decoders)
    write(attempt.steps, "steps", in: &object)
    switch attempt.outcome {
    case .reported: object.member("outcome", "reported")
    case .gaveWay(let rule, let isOtherHalf):
      object.member("outcome", isOtherHalf ? "joined" : "gave-way")
      object.member("to", rule)
    case .silent(let reason):
      object.member("outcome", "silent")
      object.member("reason", reason)
    }
  }

  private static func write(_ element: Explanation.ElementAttempt, in object: inout JSONWriter) {
    object.member("rule", element.rule)
    object.member("subject", element.attempt.subject)
    object.object("place") { write(element.attempt.place.position, in: &$0) }
    object.array("expressions") { array in
      for expression in element.attempt.expressions {
        array.object { object in
          object.member("key", expression.key)
          object.member("source", expression.source)
          object.member("value", expression.value)
          write(expression.parts, "parts", in: &object)
        }
      }
    }
    switch element.attempt.outcome {
    case .fires(let fired):
      object.member("outcome", "fires")
      object.object("at") { write(fired.place.position, in: &$0) }
    case .silent(let reason):
      object.member("outcome", "silent")
      object.member("reason", reason)
    }
  }

  private static func write(_ reported: Explanation.Reported, in object: inout JSONWriter) {
    let finding = reported.finding
    object.member("rule", finding.ruleID)
    object.member("severity", finding.severity.rawValue)
    object.member("confidence", finding.confidence.rawValue)
    object.member("level", finding.level.rawValue)
    object.member("message", finding.message)
    object.object("start") { write(finding.location.region.start, in: &$0) }
    object.object("end") { write(finding.location.region.end, in: &$0) }
    object.array("alsoMatched", ifPresent: finding.alsoMatched)
    object.member("fingerprint", finding.fingerprint.description)
    object.member("suppressed", finding.isSuppressed)
    object.member("blocking", reported.isBlocking)
    object.member("gate", reported.gate)
  }
}
