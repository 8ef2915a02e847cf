internal import Findings

extension TextWriter {
  /// What was found, what was scanned, and what was not and why.
  var summary: [String] {
    var lines = notificationLines
    lines.append(findingsLine)
    lines += scanLines
    if let reason = report.incompleteReason, !report.notifications.contains(where: { $0.level == .error }) {
      lines.append(style.level(.error, "The scan is incomplete") + ": \(TerminalText.line(reason)).")
    }
    return lines
  }

  private var findingsLine: String {
    let counted = report.findings.filter { !$0.isSuppressed }
    let suppressed = report.findings.count - counted.count
    let foreign = report.findings.count { $0.suppression?.tool != nil }
    let ofOthers = foreign == 0 ? "" : ", \(foreign) of them by comments of other tools"
    let tail = suppressed == 0 ? "" : " (\(suppressed) suppressed\(ofOthers))"
    if counted.isEmpty { return "No findings\(tail)" }
    let parts = Severity.allCases.reversed().compactMap { severity in
      let count = counted.count { $0.severity == severity }
      return count == 0 ? nil : style.severity(severity, "\(Self.grouped(count)) \(severity.rawValue)")
    }
    return "\(plural(counted.count, "finding")): \(parts.joined(separator: ", "))\(tail)"
  }

  private var scanLines: [String] {
    var sentences: [String] = []
    if let coverage = report.coverage {
      let time = options.duration.map { " in \(seconds($0))" } ?? ""
      sentences.append("Scanned \(plural(coverage.files, "file")), \(size(coverage.bytes))\(time).")
    }
    let skips = report.notifications.filter(\.isSkip)
    if !skips.isEmpty {
      let counts = byKind(skips).map { phrase($0.kind, count: $0.notifications.count) }
      sentences.append("Not scanned: \(counts.joined(separator: ", ")).")
    }
    return sentences.isEmpty ? [] : TerminalText.wrapped(sentences.joined(separator: " "), width: options.width)
  }

  // MARK: Notifications

  /// What is told even where nobody wants a summary.
  var errorLines: [String] {
    report.notifications.filter { $0.level == .error }.map(line)
  }

  /// Errors all, warnings five of a kind, notes only when all is asked for.
  private var notificationLines: [String] {
    let shown = report.notifications.filter { options.isVerbose || $0.level > .note || $0.kind == .nothingToScan }
    var lines: [String] = []
    for level in [Notification.Level.error, .warning, .note] {
      for (kind, ofKind) in byKind(shown.filter { $0.level == level }) {
        let limit = options.isVerbose || level == .error ? ofKind.count : 5
        lines += ofKind.prefix(limit).map(line)
        if ofKind.count > limit {
          let name = TerminalText.line(kind.rawValue)
          lines.append("\(style.level(level, level.rawValue)): \(ofKind.count - limit) more of \(name)")
        }
      }
    }
    if !lines.isEmpty { lines.append("") }
    return lines
  }

  private func line(_ notification: Notification) -> String {
    let place = notification.path.map { "\(style.path(shown($0))): " } ?? ""
    let level = style.level(notification.level, notification.level.rawValue)
    return "\(level): \(place)\(TerminalText.line(notification.message))"
  }

  /// The notifications of each kind, kinds in the order of their first appearance.
  private func byKind(
    _ notifications: [Notification]
  ) -> [(kind: Notification.Kind, notifications: [Notification])] {
    var groups: [(kind: Notification.Kind, notifications: [Notification])] = []
    var places: [Notification.Kind: Int] = [:]
    for notification in notifications {
      if let place = places[notification.kind] {
        groups[place].notifications.append(notification)
      } else {
        places[notification.kind] = groups.count
        groups.append((notification.kind, [notification]))
      }
    }
    return groups
  }

  private func phrase(_ kind: Notification.Kind, count: Int) -> String {
    switch kind {
    case .tooLarge: "\(Self.grouped(count)) larger than the limit"
    case .symbolicLink: plural(count, "symbolic link")
    case .specialFile: plural(count, "special file")
    case .submoduleAbsent: plural(count, "absent submodule")
    case .gitDirectory: count == 1 ? "1 git directory" : "\(Self.grouped(count)) git directories"
    default: "\(Self.grouped(count)) \(kind.rawValue)"
    }
  }

  // MARK: Numbers

  private func plural(_ count: Int, _ noun: String) -> String {
    "\(Self.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0 && index % 3 == 0 && digit != "-" { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// Bytes in decimal units with one digit after the point.
  private func size(_ bytes: Int) -> String {
    var unit = 1
    for name in ["bytes", "kB", "MB", "GB"] {
      if bytes < unit * 1_000 || name == "GB" {
        return unit == 1 ? plural(bytes, "byte") : "\(decimal(bytes / (unit / 10), digits: 1)) \(name)"
      }
      unit *= 1_000
    }
    return ""
  }

  private func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return "\(decimal(Int(seconds) * 100 + Int(attoseconds / 10_000_000_000_000_000), digits: 2)) s"
  }

  /// A number given in tenths or hundredths.
  private func decimal(_ number: Int, digits: Int) -> String {
    let unit = digits == 1 ? 10 : 100
    let rest = String(number % unit)
    return "\(Self.grouped(number / unit)).\(String(repeating: "0", count: digits - rest.count))\(rest)"
  }
}
