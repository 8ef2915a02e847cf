/// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library, and `satisfies`.
enum VersionFunctions {
  static let all: [Function] = [
    .function("semver", arity: 1...2) { (arguments, evaluation) throws(ExpressionError) in
      guard let version = try version("semver", arguments, &evaluation) else {
        throw .invalid("\(arguments[0]) is not a semantic version")
      }
      return .object(version)
    },
    .function("isSemver", arity: 1...2) { (arguments, evaluation) throws(ExpressionError) in
      .bool(try version("isSemver", arguments, &evaluation) != nil)
    },
    part("major") { $0.major }, part("minor") { $0.minor }, part("patch") { $0.patch },
    Function(
      "satisfies", isMethod: true, arity: 2...2,
      specialization: { (arguments) throws(ExpressionError) in
        guard case .string(let text)? = arguments[1] else { return nil }
        let range = try VersionRange(text)
        return .binary { (version, _, evaluation) throws(ExpressionError) in
          try satisfies(version, range, cost: text.utf8.count, &evaluation)
        }
      },
      .binary { (version, range, evaluation) throws(ExpressionError) in
        guard case .string(let text) = range else { throw .noSuchOverload("satisfies", version, range) }
        try evaluation.charge(4 + text.utf8.count)
        return try satisfies(version, try VersionRange(text), cost: text.utf8.count, &evaluation)
      }),
  ]

  private static func version(
    _ name: String, _ arguments: [Value], _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> SemanticVersion? {
    guard case .string(let text) = arguments[0] else { throw .noSuchOverload(name, arguments[0]) }
    var isNormalized = false
    if arguments.count == 2 {
      guard case .bool(let given) = arguments[1] else { throw .noSuchOverload(name, arguments[0], arguments[1]) }
      isNormalized = given
    }
    try evaluation.charge(min(text.utf8.count, SemanticVersion.longest) >> 2)
    return SemanticVersion(text, isNormalized: isNormalized)
  }

  private static func part(
    _ name: String, _ part: @escaping @Sendable (SemanticVersion.Core) -> Int64
  ) -> Function {
    .method(name) { (value, _) throws(ExpressionError) in
      guard case .object(let version as SemanticVersion) = value else { throw .noSuchOverload(name, value) }
      return .int(part(version.core))
    }
  }

  private static func satisfies(
    _ value: Value, _ range: VersionRange, cost: Int, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Value {
    guard case .object(let version as SemanticVersion) = value else { throw .noSuchOverload("satisfies", value) }
    try evaluation.charge(1 + cost >> 3)
    return .bool(range.contains(version))
  }
}
