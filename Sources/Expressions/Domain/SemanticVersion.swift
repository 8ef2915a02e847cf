/// `semver('…')`: a version whose parts have an order. https://semver.org/spec/v2.0.0.html
///
/// Equal is what has the same precedence, as in Kubernetes: build metadata does not count.
final class SemanticVersion: OrderedObject {
  static let type = ValueType("kubernetes.Semver")
  /// Longer texts are not versions, as for npm.
  static let longest = 256

  let core: Core
  /// What stands after `-`, between dots.
  let prerelease: [Identifier]
  private let build: String

  /// Major, minor and patch.
  struct Core: Hashable, Comparable {
    var major: Int64
    var minor: Int64 = 0
    var patch: Int64 = 0

    static func < (left: Core, right: Core) -> Bool {
      (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
  }

  /// Digits are compared as a number of any size, the rest as text; numbers stand before text.
  enum Identifier: Equatable {
    case number(String)
    case text(String)

    var text: String {
      switch self {
      case .number(let digits): digits
      case .text(let text): text
      }
    }

    func order(to other: Identifier) -> Order {
      switch (self, other) {
      case (.number, .text): .before
      case (.text, .number): .after
      case (.number(let left), .number(let right)) where left.utf8.count != right.utf8.count:
        Order(left.utf8.count, right.utf8.count)
      case (.number(let left), .number(let right)), (.text(let left), .text(let right)):
        left == right ? .same : left.isOrderedBefore(right) ? .before : .after
      }
    }
  }

  init(_ core: Core, prerelease: [Identifier] = [], build: String = "") {
    self.core = core
    self.prerelease = prerelease
    self.build = build
  }

  /// `nil` for what is not exactly a version.
  ///
  /// - Parameter isNormalized: Whether to accept `v` in front, zeros in front of numbers, and only one or two numbers
  ///   when nothing follows them.
  convenience init?(_ text: String, isNormalized: Bool = false) {
    guard text.utf8.count <= Self.longest else { return nil }
    var rest = text.utf8[...]
    if isNormalized && rest.first == UInt8(ascii: "v") { rest.removeFirst() }
    var numbers: [Int64] = []
    repeat {
      if !numbers.isEmpty { rest.removeFirst() }
      guard let number = Self.number(&rest, hasLeadingZeros: isNormalized) else { return nil }
      numbers.append(number)
    } while numbers.count < 3 && rest.first == UInt8(ascii: ".")
    guard numbers.count == 3 || (isNormalized && rest.isEmpty) else { return nil }
    numbers += [0, 0]
    guard let (prerelease, build) = Self.qualifiers(rest) else { return nil }
    self.init(
      Core(major: numbers[0], minor: numbers[1], patch: numbers[2]), prerelease: prerelease, build: build)
  }

  /// Takes a number from the front; `nil` when there is none or it is larger than an `int`.
  static func number(_ rest: inout Substring.UTF8View, hasLeadingZeros: Bool = false) -> Int64? {
    let digits = rest.prefix { $0.decimalDigit != nil }
    guard hasLeadingZeros || digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
    rest.removeFirst(digits.count)
    return Int64(Substring(digits))
  }

  /// `-alpha.1+build.5`; `nil` when it is neither that nor empty.
  static func qualifiers(_ rest: Substring.UTF8View) -> (prerelease: [Identifier], build: String)? {
    var rest = rest
    var prerelease: [Identifier] = []
    if rest.first == UInt8(ascii: "-") {
      let part = rest.dropFirst().prefix { $0 != UInt8(ascii: "+") }
      rest = rest.dropFirst(1 + part.count)
      guard let names = identifiers(part) else { return nil }
      for name in names {
        let isNumber = name.utf8.allSatisfy { $0.decimalDigit != nil }
        if isNumber && name.utf8.count > 1 && name.hasPrefix("0") { return nil }
        prerelease.append(isNumber ? .number(name) : .text(name))
      }
    }
    guard let sign = rest.first else { return (prerelease, "") }
    guard sign == UInt8(ascii: "+"), identifiers(rest.dropFirst()) != nil else { return nil }
    return (prerelease, String(Substring(rest.dropFirst())))
  }

  private static func identifiers(_ text: Substring.UTF8View) -> [String]? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let areIdentifiers = parts.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          byte.decimalDigit != nil || byte == UInt8(ascii: "-") || (0x61...0x7A).contains(byte | 0x20)
        }
    }
    return areIdentifiers ? parts.map { String(Substring($0)) } : nil
  }

  var type: ValueType { Self.type }

  var text: String? {
    let suffix = prerelease.isEmpty ? "" : "-" + prerelease.map(\.text).joined(separator: ".")
    return "\(core.major).\(core.minor).\(core.patch)\(suffix)\(build.isEmpty ? "" : "+")\(build)"
  }

  func isEqual(to other: any ValueObject) -> Bool { order(to: other) == .same }

  func order(to other: any ValueObject) -> Order? {
    (other as? SemanticVersion).map { order(to: $0) }
  }

  /// https://semver.org/spec/v2.0.0.html#spec-item-11
  func order(to other: SemanticVersion) -> Order {
    if core != other.core { return Order(core, other.core) }
    // A version without a pre-release stands after those with one.
    if prerelease.isEmpty || other.prerelease.isEmpty {
      return Order(prerelease.isEmpty ? 1 : 0, other.prerelease.isEmpty ? 1 : 0)
    }
    for (left, right) in zip(prerelease, other.prerelease) {
      let order = left.order(to: right)
      if order != .same { return order }
    }
    return Order(prerelease.count, other.prerelease.count)
  }
}
