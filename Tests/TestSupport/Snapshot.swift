internal import Foundation

/// Compares output with a file under `Fixtures/`; `TOLLGATE_RECORD=1 swift test` writes the files anew.
///
/// ```swift
/// #expect(Snapshot.difference(output, from: "reports/sample.txt") == nil)
/// ```
package enum Snapshot {
  /// What differs, for people; `nil` when the bytes are those of the file.
  package static func difference(_ bytes: [UInt8], from name: String) -> String? {
    let path = "Fixtures/" + name
    if ProcessInfo.processInfo.environment["TOLLGATE_RECORD"] == "1" {
      do {
        try Repository.write(bytes, to: path)
        return nil
      } catch {
        return "\(path) can not be written: \(error)"
      }
    }
    guard let expected = Repository.bytes(path) else { return "\(path) is not there; \(advice)" }
    if bytes == expected { return nil }
    let new = lines(bytes)
    let old = lines(expected)
    let index = zip(new, old).enumerated().first { $1.0 != $1.1 }?.offset ?? min(new.count, old.count)
    let found = index < new.count ? new[index] : "the end"
    let wanted = index < old.count ? old[index] : "the end"
    return "\(path), line \(index + 1): \(wanted.debugDescription) became \(found.debugDescription); \(advice)"
  }

  private static let advice = "if that is right, record it with TOLLGATE_RECORD=1 swift test"

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
