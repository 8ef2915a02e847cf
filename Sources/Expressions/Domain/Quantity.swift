// Kubernetes keeps 64 bits with a scale, or a decimal of any size, and caps what is larger than 2^63 - 1. Here every
// quantity is a whole number of billionths in 128 bits: exact, and an error where Kubernetes would cap.

/// `quantity('…')`: an amount of a resource.
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
final class Quantity: OrderedObject {
  static let type = ValueType("kubernetes.Quantity")
  static let unit: Int128 = 1_000_000_000
  /// Longer texts are not quantities: what fits into 128 bits is far shorter.
  private static let longest = 256

  let billionths: Int128

  init(billionths: Int128) { self.billionths = billionths }

  /// What is finer than a billionth is rounded away from zero, as in Kubernetes.
  ///
  /// - Returns: `nil` for what is not a quantity.
  /// - Throws: When it is one that does not fit.
  convenience init?(_ text: String) throws(ExpressionError) {
    guard text.utf8.count <= Self.longest else { return nil }
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let whole = rest.prefix { $0.decimalDigit != nil }
    rest.removeFirst(whole.count)
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = rest.prefix { $0.decimalDigit != nil }
      rest.removeFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty, let scale = Scale(String(Substring(rest))) else { return nil }
    while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    var digits: UInt128 = 0
    for byte in [whole, fraction].joined() {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt128(byte.decimalDigit ?? 0))
      if overflow || carry { throw .overflow("the quantity") }
      digits = sum
    }
    guard
      let magnitude = Self.scaled(digits, binary: scale.binary, decimal: scale.decimal - fraction.count + 9),
      let billionths = Int128(exactly: magnitude)
    else { throw .overflow("the quantity") }
    self.init(billionths: isNegative ? -billionths : billionths)
  }

  /// What a suffix multiplies by: 2 to the one power and 10 to the other.
  private struct Scale {
    var binary = 0
    var decimal = 0

    init?(_ suffix: String) {
      switch suffix {
      case "": break
      case "n": decimal = -9
      case "u": decimal = -6
      case "m": decimal = -3
      case "k": decimal = 3
      case "M": decimal = 6
      case "G": decimal = 9
      case "T": decimal = 12
      case "P": decimal = 15
      case "E": decimal = 18
      case "Ki": binary = 10
      case "Mi": binary = 20
      case "Gi": binary = 30
      case "Ti": binary = 40
      case "Pi": binary = 50
      case "Ei": binary = 60
      default:
        guard suffix.first == "e" || suffix.first == "E", let exponent = Int32(suffix.dropFirst()) else { return nil }
        decimal = Int(exponent)
      }
    }
  }

  /// `digits * 2^binary * 10^decimal`, rounded up; `nil` when it does not fit.
  private static func scaled(_ digits: UInt128, binary: Int, decimal: Int) -> UInt128? {
    if digits == 0 { return 0 }
    if decimal >= 0 {
      guard decimal < 39 else { return nil }
      let (shifted, isLost) = digits.multipliedReportingOverflow(by: UInt128(1) << UInt128(binary))
      let (scaled, isAlsoLost) = shifted.multipliedReportingOverflow(by: power(decimal))
      return isLost || isAlsoLost ? nil : scaled
    }
    var (high, low) = digits.multipliedFullWidth(by: UInt128(1) << UInt128(binary))
    // In steps, as no divisor is larger than 128 bits; rounding up in each is rounding up once.
    var left = -decimal
    while left > 0 {
      let divisor = power(min(left, 38))
      guard high < divisor else { return nil }
      let (quotient, remainder) = divisor.dividingFullWidth((high, low))
      (high, low) = (0, quotient)
      if remainder > 0 { low += 1 }
      if low == 1 { break }
      left -= min(left, 38)
    }
    return low
  }

  /// - Precondition: `exponent < 39`.
  private static func power(_ exponent: Int) -> UInt128 {
    var power: UInt128 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  var type: ValueType { Self.type }

  /// As a decimal number without a suffix.
  var text: String? {
    let (whole, fraction) = billionths.magnitude.quotientAndRemainder(dividingBy: Self.unit.magnitude)
    var text = (billionths < 0 ? "-" : "") + String(whole)
    if fraction > 0 {
      let digits = String(fraction)
      let padded = String(repeating: "0", count: 9 - digits.utf8.count) + digits
      text += "." + padded[...(padded.lastIndex { $0 != "0" } ?? padded.startIndex)]
    }
    return text
  }

  /// `nil` when there is a fraction, or the number is larger than an `int`.
  var integer: Int64? {
    let (whole, fraction) = billionths.quotientAndRemainder(dividingBy: Self.unit)
    return fraction == 0 ? Int64(exactly: whole) : nil
  }

  func isEqual(to other: any ValueObject) -> Bool { order(to: other) == .same }

  func order(to other: any ValueObject) -> Order? {
    (other as? Quantity).map { Order(billionths, $0.billionths) }
  }
}
