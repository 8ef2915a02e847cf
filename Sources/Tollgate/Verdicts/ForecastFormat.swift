internal import Findings
public import Gating
internal import Reporting

/// A form in which a forecast can be written.
public enum ForecastFormat: String, CaseIterable, Sendable {
  case text, json
  /// iCalendar (RFC 5545): an entry for each day on which something changes.
  case ics
}

/// Writes what will become of a report when nothing but time passes. Equal forecasts give equal bytes.
public func render(_ forecast: Forecast, as format: ForecastFormat) -> [UInt8] {
  switch format {
  case .text: Array(ForecastWriter(forecast).text.utf8)
  case .json: ForecastWriter(forecast).json
  case .ics: ForecastWriter(forecast).calendar
  }
}

private struct ForecastWriter {
  let forecast: Forecast

  init(_ forecast: Forecast) { self.forecast = forecast }

  /// What happens on a day, in a line each.
  private func lines(of event: Forecast.Event) -> [String] {
    var lines = event.ended.map { "exception \($0.id) of \(VerdictText.line($0.owner)) has ended" }
    lines += event.rising.map { decision in
      "\(decision.effect): \(VerdictText.place(of: decision.finding))  \(decision.finding.ruleID)"
    }
    lines += event.broken.map {
      "budget \($0.id) is broken: \($0.used) \($0.unit), limit \($0.limit ?? $0.before ?? 0)"
    }
    return lines
  }

  var text: String {
    var lines = ["today, \(forecast.from): gate \(forecast.outcome)"]
    for event in forecast.events {
      lines.append("\(event.day): gate \(event.outcome)")
      lines += self.lines(of: event).map { "  \($0)" }
    }
    if forecast.events.isEmpty { lines.append("nothing changes until \(forecast.through)") }
    if let day = forecast.firstFailure { lines.append("the gate will fail from \(day) on") }
    return lines.joined(separator: "\n") + "\n"
  }

  var json: [UInt8] {
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      object.member("format", 1)
      object.member("from", forecast.from.description)
      object.member("through", forecast.through.description)
      object.member("outcome", forecast.outcome.rawValue)
      object.member("firstFailure", ifPresent: forecast.firstFailure?.description)
      object.array("events") { array in
        for event in forecast.events {
          array.object { inner in
            inner.member("day", event.day.description)
            inner.member("outcome", event.outcome.rawValue)
            inner.array("rising") { rising in
              for decision in event.rising {
                rising.object { member in
                  member.member("fingerprint", decision.finding.fingerprint.description)
                  member.member("rule", decision.finding.ruleID)
                  member.member("path", decision.finding.location.path.description)
                  member.member("line", decision.finding.location.region.start.line)
                  member.member("effect", decision.effect.rawValue)
                }
              }
            }
            inner.array("budgets") { budgets in for budget in event.broken { budgets.element(budget.id) } }
            inner.array("exceptions") { ended in for exception in event.ended { ended.element(exception.id) } }
          }
        }
      }
    }
    writer.endLine()
    return writer.bytes
  }

  var calendar: [UInt8] {
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tollgate//forecast//EN", "CALSCALE:GREGORIAN"]
    for event in forecast.events {
      let words = self.lines(of: event)
      // Equal forecasts give equal calendars, and a later one replaces the entry of the same day: no time of writing, no
      // random part. DTSTAMP is required (RFC 5545, 3.6.1) and says of which day the forecast is.
      lines += [
        "BEGIN:VEVENT", "UID:\(event.day)-forecast@tollgate", "DTSTAMP:\(Self.digits(forecast.from))T000000Z",
        "DTSTART;VALUE=DATE:\(Self.digits(event.day))", "DTEND;VALUE=DATE:\(Self.digits(event.day.adding(1)))",
        "SUMMARY:\(Self.escaped("tollgate: gate \(event.outcome)"))",
        "DESCRIPTION:\(Self.escaped(words.joined(separator: "\n")))", "TRANSP:TRANSPARENT", "END:VEVENT",
      ]
    }
    lines.append("END:VCALENDAR")
    return lines.flatMap { Self.folded($0) }
  }

  private static func digits(_ day: Day) -> String { day.description.filter { $0 != "-" } }

  /// RFC 5545, 3.3.11.
  private static func escaped(_ text: String) -> String {
    var shown = ""
    for character in text {
      switch character {
      case "\\", ";", ",": shown += "\\\(character)"
      case "\n": shown += "\\n"
      default: shown.append(character)
      }
    }
    return shown
  }

  /// A line of at most 75 bytes, those that go on begin with a blank (RFC 5545, 3.1); no character is cut in two.
  private static func folded(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var length = 0
    for scalar in line.unicodeScalars {
      let encoded = Array(String(scalar).utf8)
      if length + encoded.count > 75 {
        bytes += [13, 10, 32]
        length = 1
      }
      bytes += encoded
      length += encoded.count
    }
    return bytes + [13, 10]
  }
}
