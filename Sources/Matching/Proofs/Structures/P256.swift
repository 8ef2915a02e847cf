// libsodium has no NIST curves, and a library that does would be larger than the program. This compares one point that the
// file itself shows with a multiple of the base point: no secret is protected by it, so it need not take constant time.

/// The curve P-256 (FIPS 186-5; SP 800-186, 3.2.1.3), as far as the public key of a private one goes.
enum P256 {
  /// Whether `point`, its two coordinates in 64 bytes, is `key` times the base point.
  static func isPublicKey(_ point: [UInt8], of key: [UInt8]) -> Bool {
    guard point.count == 64, key.count == 32 else { return false }
    var product: Point?
    for byte in key {
      for bit in (0..<8).reversed() {
        product = product.map(doubled)
        if byte >> UInt8(bit) & 1 == 1 { product = product.map { sum($0, base) } ?? base }
      }
    }
    guard let product else { return false }
    // x = X / Z², y = Y / Z³, without a division.
    let square = product.z * product.z
    let x = Element(bytes: point.prefix(32)), y = Element(bytes: point.suffix(32))
    return x * square == product.x && y * (square * product.z) == product.y
  }

  /// In Jacobian coordinates.
  private struct Point {
    var x: Element
    var y: Element
    var z: Element
  }

  private static let base = Point(
    x: Element(0x6B17_D1F2_E12C_4247, 0xF8BC_E6E5_63A4_40F2, 0x7703_7D81_2DEB_33A0, 0xF4A1_3945_D898_C296),
    y: Element(0x4FE3_42E2_FE1A_7F9B, 0x8EE7_EB4A_7C0F_9E16, 0x2BCE_3357_6B31_5ECE, 0xCBB6_4068_37BF_51F5),
    z: Element(0, 0, 0, 1))

  /// https://hyperelliptic.org/EFD/g1p/auto-shortw-jacobian-3.html, dbl-2001-b
  private static func doubled(_ point: Point) -> Point {
    let delta = point.z * point.z
    let gamma = point.y * point.y
    let beta = point.x * gamma
    let difference = (point.x - delta) * (point.x + delta)
    let alpha = difference + difference + difference
    let beta4 = beta + beta + beta + beta
    let x = alpha * alpha - (beta4 + beta4)
    let z = (point.y + point.z) * (point.y + point.z) - gamma - delta
    let gamma2 = gamma * gamma
    let gamma8 = gamma2 + gamma2 + gamma2 + gamma2
    return Point(x: x, y: alpha * (beta4 - x) - (gamma8 + gamma8), z: z)
  }

  /// The same page, add-2007-bl. Equal points do not come up: the multiple is always above one when the base is added.
  private static func sum(_ left: Point, _ right: Point) -> Point {
    let (z1, z2) = (left.z * left.z, right.z * right.z)
    let (u1, u2) = (left.x * z2, right.x * z1)
    let (s1, s2) = (left.y * right.z * z2, right.y * left.z * z1)
    let h = u2 - u1
    let r = s2 - s1
    let (h2, v) = (h * h, u1 * (h * h))
    let h3 = h2 * h
    let x = r * r - h3 - v - v
    return Point(x: x, y: r * (v - x) - s1 * h3, z: left.z * right.z * h)
  }

  /// A number modulo p = 2²⁵⁶ - 2²²⁴ + 2¹⁹² + 2⁹⁶ - 1, in Montgomery's form (times 2²⁵⁶).
  private struct Element: Equatable {
    /// Least significant first.
    private var limbs: SIMD4<UInt64>

    private static let modulus = SIMD4<UInt64>(
      0xFFFF_FFFF_FFFF_FFFF, 0x0000_0000_FFFF_FFFF, 0, 0xFFFF_FFFF_0000_0001)
    /// 2⁵¹² modulo p.
    private static let square = SIMD4<UInt64>(
      0x0000_0000_0000_0003, 0xFFFF_FFFB_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFE, 0x0000_0004_FFFF_FFFD)

    private init(limbs: SIMD4<UInt64>) {
      self.limbs = limbs
    }

    /// Most significant first.
    init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
      self = Element(limbs: SIMD4(fourth, third, second, first)) * Element(limbs: Self.square)
    }

    init(bytes: some Collection<UInt8>) {
      var words: [UInt64] = [0, 0, 0, 0]
      for (index, byte) in bytes.enumerated() where index < 32 {
        words[index / 8] = words[index / 8] << 8 | UInt64(byte)
      }
      self.init(words[0], words[1], words[2], words[3])
    }

    static func + (left: Element, right: Element) -> Element {
      var sum = SIMD4<UInt64>()
      var carry = false
      for index in 0..<4 {
        let (first, over) = left.limbs[index].addingReportingOverflow(right.limbs[index])
        let (second, more) = first.addingReportingOverflow(carry ? 1 : 0)
        sum[index] = second
        carry = over || more
      }
      return Element(limbs: reduced(sum, carry: carry))
    }

    static func - (left: Element, right: Element) -> Element {
      let (plain, borrow) = subtracted(left.limbs, right.limbs)
      var difference = plain
      if borrow {
        var carry = false
        for index in 0..<4 {
          let (first, over) = difference[index].addingReportingOverflow(modulus[index])
          let (second, more) = first.addingReportingOverflow(carry ? 1 : 0)
          difference[index] = second
          carry = over || more
        }
      }
      return Element(limbs: difference)
    }

    /// Montgomery's product. The factor of each step is the lowest word itself, for p is -1 modulo 2⁶⁴.
    static func * (left: Element, right: Element) -> Element {
      var total: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
      for index in 0..<4 {
        add(left.limbs[index], right.limbs, to: &total)
        add(total.0, modulus, to: &total)
        total = (total.1, total.2, total.3, total.4, total.5, 0)
      }
      return Element(limbs: reduced(SIMD4(total.0, total.1, total.2, total.3), carry: total.4 != 0))
    }

    /// Adds `factor` times `words` to a sum of six words.
    private static func add(
      _ factor: UInt64, _ words: SIMD4<UInt64>, to total: inout (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
    ) {
      var carry: UInt64 = 0
      func step(_ word: UInt64, _ sum: UInt64) -> UInt64 {
        let (high, low) = factor.multipliedFullWidth(by: word)
        let (first, over) = low.addingReportingOverflow(sum)
        let (second, more) = first.addingReportingOverflow(carry)
        // A product of words leaves room for both.
        carry = high &+ (over ? 1 : 0) &+ (more ? 1 : 0)
        return second
      }
      total.0 = step(words[0], total.0)
      total.1 = step(words[1], total.1)
      total.2 = step(words[2], total.2)
      total.3 = step(words[3], total.3)
      let (sum, over) = total.4.addingReportingOverflow(carry)
      total.4 = sum
      total.5 &+= over ? 1 : 0
    }

    private static func subtracted(
      _ left: SIMD4<UInt64>, _ right: SIMD4<UInt64>
    ) -> (difference: SIMD4<UInt64>, borrow: Bool) {
      var difference = SIMD4<UInt64>()
      var borrow = false
      for index in 0..<4 {
        let (first, under) = left[index].subtractingReportingOverflow(right[index])
        let (second, more) = first.subtractingReportingOverflow(borrow ? 1 : 0)
        difference[index] = second
        borrow = under || more
      }
      return (difference, borrow)
    }

    private static func reduced(_ value: SIMD4<UInt64>, carry: Bool) -> SIMD4<UInt64> {
      let (difference, borrow) = subtracted(value, modulus)
      return carry || !borrow ? difference : value
    }
  }
}
