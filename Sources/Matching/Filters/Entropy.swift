internal import Glibc

/// Shannon's entropy of bytes.
package enum Entropy {
  /// Bits for each byte of `bytes`, from 0 (all the same, or empty) to 8.
  package static func bitsPerByte(of bytes: some Collection<UInt8>) -> Double {
    guard !bytes.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let total = Double(bytes.count)
    return counts.reduce(0) { sum, count in
      count == 0 ? sum : sum - Double(count) / total * log2(Double(count) / total)
    }
  }
}
