package import Findings

/// What a file is, by its name and, where that does not decide, its content.
///
///     FileRecognition(path: SourcePath(".github/workflows/ci.yml"), content: bytes.span)?.kind  // .githubWorkflow
package struct FileRecognition: Hashable, Sendable {
  package var kind: FileKind
  package var format: FileFormat

  /// - Parameter content: the whole file; looked at only for generic YAML and JSON, for files in a folder `templates`,
  ///   and for a first line `#!` where the name says nothing.
  /// - Returns: `nil` for a file of no kind.
  package init?(path: SourcePath, content: Span<UInt8>) {
    let name = NameIndex.shared.row(for: path)
    guard let name else {
      guard ContentTest.namesShell(content) else { return nil }
      self.init(kind: .shell, format: .shell)
      return
    }
    guard let kind = name.kind else { return nil }
    self.init(kind: kind, format: name.format)
    guard kind == .yaml || kind == .json else { return }
    if format == .yaml, Self.isInTemplates(path), ContentTest.hasTemplateHole(content) {
      self.init(kind: .helmTemplate, format: .template)
    } else if let kind = ContentTest.kind(of: content, isYAML: format == .yaml) {
      self.kind = kind
    }
  }

  /// What the name alone tells; `nil` also where it says nothing.
  package init?(path: SourcePath) {
    guard let row = NameIndex.shared.row(for: path), let kind = row.kind else { return nil }
    self.init(kind: kind, format: row.format)
  }

  /// A file that is said to be of a kind.
  package init(kind: FileKind, format: FileFormat) {
    self.kind = kind
    self.format = format
  }

  /// Helm reads templates from this folder of a chart (https://helm.sh/docs/topics/charts/#the-chart-file-structure).
  private static func isInTemplates(_ path: SourcePath) -> Bool {
    path.bytes.split(separator: UInt8(ascii: "/")).dropLast().contains { $0.elementsEqual("templates".utf8) }
  }
}

/// The table of names, sorted so that a path meets few patterns.
private struct NameIndex: Sendable {
  static let shared = NameIndex(FileKindTable.rows)

  private struct Pattern: Sendable {
    /// The components, the last one first, each split at `*`.
    let components: [[[UInt8]]]
    let row: Int
    /// The bytes that a name must start and end with; 0 where that is open. Most patterns fail here.
    let first: UInt8
    let last: UInt8

    init(_ pattern: [UInt8], row: Int) {
      components = pattern.split(separator: UInt8(ascii: "/")).reversed().map { component in
        component.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
      }
      self.row = row
      first = components.first?.first?.first ?? 0
      last = components.first?.last?.last ?? 0
    }
  }

  private let rows: [FileKindTable.Row]
  /// Whole names.
  private var names: [ArraySlice<UInt8>: Int] = [:]
  /// `*.x`, where `x` holds no dot.
  private var extensions: [ArraySlice<UInt8>: Int] = [:]
  private var patterns: [Pattern] = []

  init(_ rows: [FileKindTable.Row]) {
    self.rows = rows
    for (row, content) in rows.enumerated() {
      for pattern in content.patterns.map({ $0.utf8.map(\.lowercased) }) {
        let tail = pattern.dropFirst(2)
        if !pattern.contains(UInt8(ascii: "*")), !pattern.contains(UInt8(ascii: "/")) {
          names[pattern[...]] = names[pattern[...]] ?? row
        } else if pattern.starts(with: "*.".utf8), !tail.contains(UInt8(ascii: ".")), !tail.contains(UInt8(ascii: "*"))
        {
          extensions[tail] = extensions[tail] ?? row
        } else {
          patterns.append(Pattern(pattern, row: row))
        }
      }
    }
  }

  func row(for path: SourcePath) -> FileKindTable.Row? {
    let path = path.bytes.map(\.lowercased)
    let name = Self.lastComponent(of: path[...])
    guard let first = name.first, let last = name.last else { return nil }
    var best = names[name] ?? rows.count
    if let dot = name.lastIndex(of: UInt8(ascii: ".")), let row = extensions[name[(dot + 1)...]] {
      best = min(best, row)
    }
    // Patterns stand in the order of the rows.
    for pattern in patterns {
      if pattern.row >= best { break }
      if pattern.first != 0, pattern.first != first { continue }
      if pattern.last != 0, pattern.last != last { continue }
      if Self.matches(pattern.components, path, name) { best = pattern.row }
    }
    return best < rows.count ? rows[best] : nil
  }

  private static func lastComponent(of path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? path.startIndex)...]
  }

  private static func matches(_ components: [[[UInt8]]], _ path: [UInt8], _ name: ArraySlice<UInt8>) -> Bool {
    var component = name
    for (index, parts) in components.enumerated() {
      if index > 0 {
        guard component.startIndex > 0 else { return false }
        component = lastComponent(of: path[..<(component.startIndex - 1)])
      }
      guard matches(parts, component) else { return false }
    }
    return true
  }

  /// Whether a text consists of the parts with anything between them.
  private static func matches(_ parts: [[UInt8]], _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = parts.first, let last = parts.last else { return false }
    if parts.count == 1 { return text.elementsEqual(first) }
    guard text.count >= first.count + last.count, text.starts(with: first), text.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      while rest.count >= part.count, !rest.starts(with: part) { rest = rest.dropFirst() }
      guard rest.count >= part.count else { return false }
      rest = rest.dropFirst(part.count)
    }
    return true
  }
}

extension UInt8 {
  fileprivate var lowercased: UInt8 { 0x41...0x5A ~= self ? self | 0x20 : self }
}
