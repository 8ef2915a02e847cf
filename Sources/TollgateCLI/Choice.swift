import ArgumentParser

/// One of the cases of an enum of the library as an argument, by its raw value.
struct Choice<Value: RawRepresentable<String> & CaseIterable & Sendable>: ExpressibleByArgument, CustomStringConvertible
{
  var value: Value

  init(_ value: Value) {
    self.value = value
  }

  init?(argument: String) {
    guard let value = Value(rawValue: argument) else { return nil }
    self.value = value
  }

  var description: String { value.rawValue }
  var defaultValueDescription: String { description }
  static var allValueStrings: [String] { Value.allCases.map(\.rawValue) }
}
