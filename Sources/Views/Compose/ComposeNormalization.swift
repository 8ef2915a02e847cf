internal import Documents
internal import Expressions

/// The short forms of a service as the long ones, before anything is merged: `ports: ["80:80"]` and
/// `ports: [{target: 80}]` are the same thing.
/// https://github.com/compose-spec/compose-spec/blob/main/05-services.md
struct ComposeNormalization {
  let interpolation: ComposeInterpolation

  func service(_ service: MergedTree) -> MergedTree {
    guard let entries = service.entries else { return service }
    return .mapping(
      entries.map { entry in
        var entry = entry
        // A tag says how it is merged, and would be lost.
        if entry.value.tag == "!reset" { return entry }
        let value = member(entry.name, entry.value)
        entry.value = entry.value.tag == "!override" ? Self.overriding(value) : value
        return entry
      }, others: nil)
  }

  /// Marks a value that replaces what is below it; ``ComposeMerge`` looks for the mark.
  private static func overriding(_ value: MergedTree) -> MergedTree { .sequence([.made(.null, nil), value]) }

  /// The value that a mark stands before; `nil` for one without.
  static func overridden(_ value: MergedTree) -> MergedTree? {
    guard case .sequence(let elements) = value, elements.count == 2, case .made(.null, nil) = elements[0] else {
      return nil
    }
    return elements[1]
  }

  private func member(_ name: String, _ value: MergedTree) -> MergedTree {
    switch name {
    case "environment", "labels", "annotations", "sysctls": return map(value)
    case "ports": return list(value) { port($0) }
    case "volumes": return list(value) { volume($0) }
    case "secrets", "configs": return list(value) { short($0, "source") }
    case "env_file": return list(value.elements == nil ? .sequence([value]) : value) { short($0, "path") }
    case "depends_on": return names(value) { [("condition", .made(.string("service_started"), $0))] }
    case "networks": return names(value) { _ in [] }
    case "build":
      guard value.isMapping else { return short(value, "context") }
      guard let entries = value.entries else { return value }
      return .mapping(
        entries.map { entry in
          var entry = entry
          if entry.name == "args" || entry.name == "labels" { entry.value = map(entry.value) }
          return entry
        }, others: nil)
    default: return value
    }
  }

  private func list(_ value: MergedTree, _ element: (MergedTree) -> MergedTree) -> MergedTree {
    value.elements.map { .sequence($0.map(element)) } ?? value
  }

  /// A text as the one member of a mapping.
  private func short(_ value: MergedTree, _ name: String) -> MergedTree {
    guard let (node, file) = value.scalar else { return value }
    return .mapping([MergedTree.Entry(name: name, origin: Origin(node, in: file), value: value)], others: nil)
  }

  /// `[A=b, C]` as `{A: b, C: null}`.
  private func map(_ value: MergedTree) -> MergedTree {
    guard let elements = value.elements else { return value }
    var entries: [MergedTree.Entry] = []
    var positions: [String: Int] = [:]
    for element in elements {
      guard let text = element.text, let origin = element.origin else { continue }
      let equals = text.firstIndex(of: "=")
      let name = String(text[..<(equals ?? text.endIndex)])
      let value = equals.map { interpolation.value(String(text[text.index(after: $0)...])) } ?? .null
      let entry = MergedTree.Entry(name: name, origin: origin, value: .made(value, origin))
      if let position = positions[name] {
        entries[position] = entry
      } else {
        positions[name] = entries.count
        entries.append(entry)
      }
    }
    return .mapping(entries, others: nil)
  }

  /// `[a, b]` as `{a: {…}, b: {…}}`.
  private func names(_ value: MergedTree, _ members: (Origin) -> [(String, MergedTree)]) -> MergedTree {
    guard let elements = value.elements else { return value }
    var seen: Set<String> = []
    let entries = elements.compactMap { element -> MergedTree.Entry? in
      guard let name = element.text, let origin = element.origin, seen.insert(name).inserted else { return nil }
      let inner = members(origin).map { MergedTree.Entry(name: $0.0, origin: origin, value: $0.1) }
      return MergedTree.Entry(name: name, origin: origin, value: .mapping(inner, others: nil))
    }
    return .mapping(entries, others: nil)
  }

  private func mapping(_ members: [(String, Value)], at origin: Origin) -> MergedTree {
    .mapping(
      members.map { MergedTree.Entry(name: $0.0, origin: origin, value: .made($0.1, origin)) }, others: nil)
  }

  // MARK: Ports and volumes

  /// `[[address:]published:]target[/protocol]`
  private func port(_ port: MergedTree) -> MergedTree {
    guard let text = port.text, let origin = port.origin else { return port }
    var parts = interpolation.parts(text)
    guard var target = parts.popLast() else { return port }
    if parts.isEmpty, case .unknown(let unknown) = target { return .unknown(unknown) }
    var transport = Value.string("tcp")
    if case .string(let text) = target {
      let pieces = text.split(separator: "/", maxSplits: 1)
      target = pieces.first.map { piece in Int64(piece).map(Value.int) ?? .string(String(piece)) } ?? target
      if pieces.count > 1 { transport = .string(String(pieces[1])) }
    } else {
      transport = target
    }
    var members: [(String, Value)] = [("target", target), ("protocol", transport)]
    if let published = parts.popLast() {
      members.append(("published", published))
      if !parts.isEmpty {
        members.append(("host_ip", address(parts)))
      } else if published.isUnknown {
        // A variable may hold the address as well.
        members.append(("host_ip", published))
      }
    }
    return mapping(members, at: origin)
  }

  /// An address, which has colons of its own in IPv6.
  private func address(_ parts: [Value]) -> Value {
    var texts: [String] = []
    for part in parts {
      guard case .string(let text) = part else { return part }
      texts.append(text)
    }
    let text = texts.joined(separator: ":")
    return .string(text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text)
  }

  /// `[source:]target[:mode]`
  private func volume(_ volume: MergedTree) -> MergedTree {
    guard let text = volume.text, let origin = volume.origin else { return volume }
    var parts = interpolation.parts(text)
    // The drive of a path of Windows.
    if parts.count > 1, case .string(let drive) = parts[0], drive.count == 1, drive.first?.isLetter == true,
      case .string(let path) = parts[1], path.hasPrefix("\\") || path.hasPrefix("/")
    {
      parts.replaceSubrange(0..<2, with: [.string(drive + ":" + path)])
    }
    if parts.count == 1 {
      if case .unknown(let unknown) = parts[0] { return .unknown(unknown) }
      return mapping([("type", .string("volume")), ("target", parts[0]), ("read_only", .bool(false))], at: origin)
    }
    let isReadOnly: Value
    if parts.count > 2 {
      if case .string(let mode) = parts[2] {
        isReadOnly = .bool(mode.split(separator: ",").contains("ro"))
      } else {
        isReadOnly = parts[2]
      }
    } else {
      isReadOnly = parts[1].isUnknown ? parts[1] : .bool(false)
    }
    let type: Value
    if case .string(let source) = parts[0] {
      type = .string(Self.isPath(source) ? "bind" : "volume")
    } else {
      type = Self.isPath(text) ? .string("bind") : parts[0]
    }
    return mapping([("type", type), ("source", parts[0]), ("target", parts[1]), ("read_only", isReadOnly)], at: origin)
  }

  private static func isPath(_ text: String) -> Bool {
    text.hasPrefix("/") || text.hasPrefix(".") || text.hasPrefix("~") || text.dropFirst().hasPrefix(":")
  }
}
