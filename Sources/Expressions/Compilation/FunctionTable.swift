/// The functions that a program can call, found by name and number of arguments when the program is built.
package struct FunctionTable: Sendable {
  private struct Name: Hashable {
    let text: String
    let isMethod: Bool
  }

  private var functions: [Name: [Function]] = [:]

  package init(_ functions: [Function] = []) { add(functions) }

  /// What the specification and its standard extensions define, without `matches`, which needs a regular expression
  /// library: `RegularExpressions.functions`.
  package static let standard = FunctionTable(
    StandardFunctions.all + Conversions.all + TimeFunctions.all + StringFunctions.all + ListFunctions.all
      + MathFunctions.all + EncoderFunctions.all + OptionalFunctions.all + SetFunctions.all + NetworkFunctions.all
      + OrderedObjectFunctions.all + VersionFunctions.all + QuantityFunctions.all + WebAddressFunctions.all
      + TextComparisonFunctions.all + ListSummaryFunctions.all)

  /// Adds functions. One that takes as many arguments as another of its name is asked first, and the other when that
  /// throws `noSuchOverload`: so a module gives `string()` or `compareTo()` to values of its own.
  package mutating func add(_ added: [Function]) {
    for function in added {
      functions[Name(text: function.name, isMethod: function.isMethod), default: []].insert(function, at: 0)
    }
  }

  package func adding(_ added: [Function]) -> FunctionTable {
    var table = self
    table.add(added)
    return table
  }

  func hasFunction(_ name: String) -> Bool { functions[Name(text: name, isMethod: false)] != nil }

  func overloads(_ name: String, isMethod: Bool, count: Int) -> [Function] {
    (functions[Name(text: name, isMethod: isMethod)] ?? []).filter { $0.arity.contains(count) }
  }

  /// The numbers of arguments that a name takes, for messages; empty when there is no such name.
  func arities(_ name: String, isMethod: Bool) -> [ClosedRange<Int>] {
    (functions[Name(text: name, isMethod: isMethod)] ?? []).map(\.arity)
  }

  /// All names, for messages and documentation, sorted.
  package var names: [String] { Set(functions.keys.map(\.text)).sorted() }
}
