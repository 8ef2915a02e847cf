public import Findings

/// What is done with findings: the policy files in force, one above the other.
///
/// The built-in policy is the outermost layer, and all of it may be overridden. A lower layer may always tighten; it loosens
/// only what the layer above declares overridable.
public struct Policy: Sendable {
  /// The outermost first, the built-in policy among them.
  package var layers: [PolicyLayer]
  /// Exceptions of files of their own.
  package var exceptions: [PolicyException] = []
  /// The files that were read besides the layers, with their digests.
  package var otherInputs: [GateInput] = []

  package init(layers: [PolicyLayer]) {
    self.layers = layers
  }

  /// The id of the innermost layer.
  public var id: String { layers.last?.id ?? "" }

  /// Whether nothing but the built-in policy is in force.
  public var isBuiltIn: Bool { layers.count == 1 }

  /// The policy that holds where there is no file.
  public static let builtIn = Policy(layers: [BuiltInPolicy.layer])

  /// The text of the built-in policy.
  public static var builtInText: String { BuiltInPolicy.text }

  /// The policy of a text, with the built-in one above it.
  ///
  /// - Parameters:
  ///   - file: its name for messages.
  ///   - resolve: gives the bytes of a file that the text extends or names; `nil` where there is none.
  public init(
    _ bytes: [UInt8], file: String, resolve: (String) -> [UInt8]? = { _ in nil }
  ) throws(PolicyError) {
    self = try Policy.read(bytes, file: file, with: PolicyReader(), resolve: resolve)
  }

  /// At most so many layers are read.
  private static let maxLayers = 16

  /// Reads a policy with all that it extends, and the files of exceptions that it names.
  package static func read(
    _ bytes: [UInt8], file: String, with reader: PolicyReader, resolve: (String) -> [UInt8]?
  ) throws(PolicyError) -> Policy {
    var layers: [PolicyLayer] = []
    var seen: Set<String> = [file]
    // Files to read, the next one last; what a file extends stands above it.
    var pending: [(bytes: [UInt8], file: String)] = [(bytes, file)]
    while let next = pending.popLast() {
      let (layer, extends) = try reader.read(next.bytes, file: next.file)
      layers.insert(layer, at: 0)
      for other in extends {
        let name = path(other.path, besides: next.file)
        guard seen.insert(name).inserted, seen.count <= maxLayers else {
          throw PolicyError(
            file: next.file, position: Position(line: other.line, column: other.column),
            "\(name) is extended twice, or the layers are too many")
        }
        guard let content = resolve(name) else {
          throw PolicyError(
            file: next.file, position: Position(line: other.line, column: other.column), "\(name) cannot be read")
        }
        let digest = Digest.hex(Digest.sha256(content))
        if let wanted = other.sha256, wanted != digest {
          throw PolicyError(
            file: next.file, position: Position(line: other.line, column: other.column),
            "\(name) has changed: its sha256 is \(digest). Read what changed, then put the new digest here")
        }
        pending.append((content, name))
      }
    }
    var policy = Policy(layers: [BuiltInPolicy.layer] + layers)
    for layer in layers {
      for path in layer.exceptions.files {
        guard let content = resolve(path) else {
          throw PolicyError(file: layer.file, "the file of exceptions \(path) cannot be read")
        }
        try policy.add(exceptionFile: content, named: path, with: reader)
      }
    }
    try policy.checkExceptionIDs()
    return policy
  }

  /// Adds the exceptions of a file.
  package mutating func add(
    exceptionFile bytes: [UInt8], named file: String, with reader: PolicyReader
  ) throws(PolicyError) {
    if otherInputs.contains(where: { $0.name == file }) { return }
    exceptions += try reader.readExceptions(bytes, file: file)
    otherInputs.append(GateInput(kind: .exceptions, name: file, digest: Digest.hex(Digest.sha256(bytes))))
  }

  package func checkExceptionIDs() throws(PolicyError) {
    var places: [String: PolicyException] = [:]
    for exception in allExceptions {
      if let first = places[exception.id] {
        throw PolicyError(
          file: exception.file, position: exception.position,
          "exception id \(exception.id) is already used in \(first.file):\(first.position.line)")
      }
      places[exception.id] = exception
    }
  }

  /// Those of the layers and those of files.
  package var allExceptions: [PolicyException] { layers.flatMap(\.exceptions.list) + exceptions }

  /// A path beside another file, both relative to the root.
  private static func path(_ path: String, besides file: String) -> String {
    guard let slash = file.lastIndex(of: "/"), !file.hasPrefix("/") else { return path }
    return file[...slash] + path
  }

  /// The same with one rule in place of all others: what is at least so bad is refused, but for advice and for what was
  /// there before; with `nil` nothing is.
  public func replacingRules(failOn severity: Severity?) -> Policy {
    var policy = self
    for index in policy.layers.indices { policy.layers[index].rules = [] }
    policy.layers[policy.layers.count - 1].rules = BuiltInPolicy.thresholdRules(severity)
    return policy
  }
}

/// A file that a verdict depends on.
public struct GateInput: Hashable, Sendable {
  public enum Kind: String, Sendable {
    case policy, exceptions, baseline, report
  }

  public var kind: Kind
  /// As it is named to people.
  public var name: String
  /// SHA-256, in hexadecimal.
  public var digest: String

  public init(kind: Kind, name: String, digest: String) {
    self.kind = kind
    self.name = name
    self.digest = digest
  }
}
