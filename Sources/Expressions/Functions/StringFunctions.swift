// Positions count code points, as in all of CEL. Text is taken apart into an array of them only where a position is asked
// for; searching works on the bytes.

/// https://github.com/google/cel-go/blob/master/ext/README.md#strings
enum StringFunctions {
  static let all: [Function] =
    [
      .method("charAt", charAt), search("indexOf", isLast: false), search("lastIndexOf", isLast: true),
      .method("join", arity: 1...2, join), .method("replace", arity: 3...4, replace),
      .method("split", arity: 2...3, split), .method("substring", arity: 2...3, substring),
      transform("lowerAscii") {
        String(decoding: $0.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
      },
      transform("upperAscii") {
        String(decoding: $0.utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }, as: UTF8.self)
      },
      transform("trim", trim),
      transform("reverse") {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: $0.unicodeScalars.reversed())
        return String(view)
      },
      .function("strings.quote") { (value, evaluation) throws(ExpressionError) in
        guard case .string(let text) = value else { throw .noSuchOverload("strings.quote", value) }
        try evaluation.charge(bytes: text.utf8.count)
        return .string(quoted(text))
      },
      .method("format") { (format, arguments, evaluation) throws(ExpressionError) in
        guard case (.string(let format), .list(let arguments)) = (format, arguments) else {
          throw .noSuchOverload("format", format, arguments)
        }
        return try StringFormat.format(format, arguments, &evaluation)
      },
    ]

  /// A method of text alone.
  private static func transform(_ name: String, _ transform: @escaping @Sendable (String) -> String) -> Function {
    .method(name) { (value, evaluation) throws(ExpressionError) in
      guard case .string(let text) = value else { throw .noSuchOverload(name, value) }
      try evaluation.charge(bytes: text.utf8.count * 4)
      return .string(transform(text))
    }
  }

  private static func scalars(
    _ text: String, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> [Unicode.Scalar] {
    try evaluation.charge(bytes: text.utf8.count * 4)
    return Array(text.unicodeScalars)
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> Value {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return .string(String(view))
  }

  private static func check(_ position: Int64, in count: Int) throws(ExpressionError) -> Int {
    guard position >= 0, position <= count else { throw .invalid("index out of range: \(position)") }
    return Int(position)
  }

  private static let charAt: Function.Binary = { (text, position, evaluation) throws(ExpressionError) in
    guard case (.string(let text), .int(let position)) = (text, position) else {
      throw .noSuchOverload("charAt", text, position)
    }
    let scalars = try scalars(text, &evaluation)
    let index = try check(position, in: scalars.count)
    return index == scalars.count ? .string("") : string([scalars[index]])
  }

  private static let substring: Function.Variadic = { (arguments, evaluation) throws(ExpressionError) in
    guard case (.string(let text), .int(let start)) = (arguments[0], arguments[1]) else {
      throw .noSuchOverload("substring", arguments[0], arguments[1])
    }
    let scalars = try scalars(text, &evaluation)
    let first = try check(start, in: scalars.count)
    var last = scalars.count
    if arguments.count == 3 {
      guard case .int(let end) = arguments[2] else { throw .noSuchOverload("substring", arguments[0], arguments[2]) }
      last = try check(end, in: scalars.count)
    }
    guard first <= last else { throw .invalid("invalid substring range: \(first) to \(last)") }
    return string(scalars[first..<last])
  }

  /// `indexOf` from a position on, `lastIndexOf` from a position back; -1 when there is none. Of a list, too.
  private static func search(_ name: String, isLast: Bool) -> Function {
    .method(name, arity: 2...3) { (arguments, evaluation) throws(ExpressionError) in
      if case .list(let list) = arguments[0], arguments.count == 2 {
        return try list.position(of: arguments[1], isLast: isLast, &evaluation)
      }
      guard case (.string(let text), .string(let wanted)) = (arguments[0], arguments[1]) else {
        throw .noSuchOverload(name, arguments[0], arguments[1])
      }
      let scalars = try scalars(text, &evaluation)
      let part = try Self.scalars(wanted, &evaluation)
      var start = isLast ? scalars.count : 0
      if arguments.count == 3 {
        guard case .int(let position) = arguments[2] else {
          throw .noSuchOverload(name, arguments[0], arguments[1], arguments[2])
        }
        start = try check(position, in: scalars.count)
      }
      let end = scalars.count - part.count
      guard end >= 0 else { return .int(-1) }
      try evaluation.charge(bytes: scalars.count * max(1, part.count >> 3))
      func isFound(at position: Int) -> Bool { scalars[position..<(position + part.count)].elementsEqual(part) }
      let found =
        isLast
        ? (0...min(start, end)).last(where: isFound)
        : start <= end ? (start...end).first(where: isFound) : nil
      return .int(Int64(found ?? -1))
    }
  }

  private static let join: Function.Variadic = { (arguments, evaluation) throws(ExpressionError) in
    guard case .list(let list) = arguments[0] else { throw .noSuchOverload("join", arguments[0]) }
    var separator = ""
    if arguments.count == 2 {
      guard case .string(let given) = arguments[1] else { throw .noSuchOverload("join", arguments[0], arguments[1]) }
      separator = given
    }
    var parts: [String] = []
    for index in 0..<list.count {
      switch list.element(at: index) {
      case .string(let part):
        try evaluation.charge(1 + (part.utf8.count + separator.utf8.count) >> 4)
        parts.append(part)
      case let unknown where unknown.isUnknown: return unknown
      case let other: throw .noSuchOverload("join", other)
      }
    }
    return .string(parts.joined(separator: separator))
  }

  /// The parts of a text between a separator; an empty one separates all characters.
  ///
  /// - Parameter limit: How many parts at most; negative for all.
  private static func parts(
    _ text: String, separator: String, limit: Int64, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> [String] {
    try evaluation.charge(bytes: text.utf8.count * max(4, separator.utf8.count >> 3))
    if separator.isEmpty {
      let scalars = try scalars(text, &evaluation)
      try evaluation.charge(scalars.count)
      guard limit >= 0, limit < scalars.count else { return scalars.map { String($0) } }
      var rest = String.UnicodeScalarView()
      rest.append(contentsOf: scalars[(Int(limit) - 1)...])
      return scalars.prefix(Int(limit) - 1).map { String($0) } + [String(rest)]
    }
    let bytes = Array(text.utf8)
    var parts: [String] = []
    var start = 0
    while limit < 0 || parts.count < limit - 1,
      let offset = bytes.span.firstOffset(of: separator.utf8Span.span, from: start)
    {
      try evaluation.charge(1)
      parts.append(String(decoding: bytes[start..<offset], as: UTF8.self))
      start = offset + separator.utf8.count
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  private static let split: Function.Variadic = { (arguments, evaluation) throws(ExpressionError) in
    guard case (.string(let text), .string(let separator)) = (arguments[0], arguments[1]) else {
      throw .noSuchOverload("split", arguments[0], arguments[1])
    }
    var limit: Int64 = -1
    if arguments.count == 3 {
      guard case .int(let given) = arguments[2] else { throw .noSuchOverload("split", arguments[0], arguments[2]) }
      limit = given
    }
    if limit == 0 { return .list([]) }
    return .strings(try parts(text, separator: separator, limit: limit, &evaluation))
  }

  private static let replace: Function.Variadic = { (arguments, evaluation) throws(ExpressionError) in
    guard case (.string(let text), .string(let old), .string(let new)) = (arguments[0], arguments[1], arguments[2])
    else { throw .noSuchOverload("replace", arguments[0], arguments[1], arguments[2]) }
    var limit: Int64 = -1
    if arguments.count == 4 {
      guard case .int(let given) = arguments[3] else { throw .noSuchOverload("replace", arguments[0], arguments[3]) }
      limit = given
    }
    if limit == 0 { return arguments[0] }
    if old.isEmpty {
      // As in Go's strings.Replace, an empty text stands before each character and at the end.
      let scalars = try scalars(text, &evaluation)
      try evaluation.charge(1 + scalars.count * (1 + new.utf8.count >> 4))
      var result = ""
      for (index, scalar) in scalars.enumerated() {
        if limit < 0 || index < limit { result += new }
        result.unicodeScalars.append(scalar)
      }
      if limit < 0 || scalars.count < limit { result += new }
      return .string(result)
    }
    let parts = try parts(text, separator: old, limit: limit < 0 ? -1 : limit == .max ? limit : limit + 1, &evaluation)
    try evaluation.charge(bytes: parts.count * new.utf8.count)
    return .string(parts.joined(separator: new))
  }

  /// Without the white space of Unicode at both ends.
  private static func trim(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// The text as a literal in double quotes.
  static func quoted(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    result.append("\"")
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{07}": result.append(contentsOf: "\\a".unicodeScalars)
      case "\u{08}": result.append(contentsOf: "\\b".unicodeScalars)
      case "\u{0C}": result.append(contentsOf: "\\f".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case "\u{0B}": result.append(contentsOf: "\\v".unicodeScalars)
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\"": result.append(contentsOf: "\\\"".unicodeScalars)
      default: result.append(scalar)
      }
    }
    result.append("\"")
    return String(result)
  }
}
