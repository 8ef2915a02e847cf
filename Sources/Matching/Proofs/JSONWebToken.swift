internal import Findings
internal import FoundationEssentials

/// https://www.rfc-editor.org/rfc/rfc7519
enum JSONWebToken {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let header = object(parts[0]), object(parts[1]) != nil else {
      return .init(.disproved, "its parts are not encoded JSON objects")
    }
    guard let algorithm = header.alg, !algorithm.isEmpty else {
      return .init(.disproved, "its header names no algorithm")
    }
    if algorithm.lowercased() == "none" { return .init(.shaped, "it is not signed (algorithm none)") }
    guard !parts[2].isEmpty, Base64.decode(parts[2]) != nil else {
      return .init(.disproved, "its signature is not base64")
    }
    return .init(.proved, "its header and payload are valid")
  }

  private struct Object: Decodable {
    var alg: String?
  }

  /// The JSON object that a part encodes.
  private static func object(_ part: ArraySlice<UInt8>) -> Object? {
    guard let bytes = Base64.decode(part) else { return nil }
    return try? JSONDecoder().decode(Object.self, from: Data(bytes))
  }
}
