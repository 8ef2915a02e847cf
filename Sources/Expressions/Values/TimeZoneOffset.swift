// FoundationEssentials knows no named zones (its `TimeZone(identifier: "Europe/Zurich")` is nil on Linux), and the C
// library's need a process-wide variable. So the system's zone files are read here.

internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// How far a time zone is from UTC at a moment.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#timezones
enum TimeZoneOffset {
  private static let zones = Mutex<[String: ZoneFile?]>([:])

  /// Seconds east of UTC for `UTC`, `+01:00`, `-02:30`, `02:00` or `Europe/Zurich`; `nil` for an unknown zone.
  static func seconds(_ zone: String, at timestamp: Timestamp) -> Int? {
    if zone == "UTC" || zone == "" || zone == "Z" { return 0 }
    if let fixed = fixed(zone) { return fixed }
    guard isPlainName(zone) else { return nil }
    let file = zones.withLock { zones -> ZoneFile? in
      if let known = zones[zone] { return known }
      let file = contents(of: "/usr/share/zoneinfo/\(zone)").flatMap(ZoneFile.init)
      // A rule could ask for any number of names.
      if zones.count < 1_000 { zones[zone] = .some(file) }
      return file
    }
    return file?.offset(at: timestamp.seconds)
  }

  private static func fixed(_ zone: String) -> Int? {
    var reader = DigitReader(zone)
    let isNegative = reader.skip("-")
    if !isNegative { _ = reader.skip("+") }
    guard let hours = reader.number(digits: 2), hours < 24, reader.skip(":"), let minutes = reader.number(digits: 2),
      minutes < 60, reader.isAtEnd
    else { return nil }
    return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
  }

  /// Keeps a name from leaving the folder of the zones.
  private static func isPlainName(_ zone: String) -> Bool {
    zone.utf8.count < 64 && !zone.hasPrefix("/")
      && zone.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "/_-+".utf8.contains(byte)
      }
  }

  private static func contents(of path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // Zone files have a few kilobytes; one read gives a regular file whole.
    let largest = 1 << 16
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: largest) { buffer, count in
      unsafe count = max(0, read(descriptor, buffer.baseAddress, largest))
    }
    return bytes.isEmpty ? nil : bytes
  }
}

/// The transitions of a zone, from the 64-bit part of a file of RFC 8536.
///
/// After the last transition its offset is kept: the POSIX rule in the footer is not read, and the files of today's
/// systems list transitions up to 2037.
struct ZoneFile: Sendable {
  private var times: [Int64] = []
  private var offsets: [Int] = []
  private var first = 0

  init?(_ bytes: [UInt8]) {
    guard let old = Header(bytes, at: 0), old.version >= 0x32, let new = Header(bytes, at: old.end(timeSize: 4)),
      bytes.count >= new.end(timeSize: 8)
    else { return nil }
    let indices = new.start + new.timeCount * 8
    let types = indices + new.timeCount
    func offset(ofType index: Int) -> Int? {
      index < new.typeCount ? Int(Int32(truncatingIfNeeded: Self.number(bytes, at: types + index * 6, size: 4))) : nil
    }
    guard let initial = offset(ofType: 0) else { return nil }
    first = initial
    for index in 0..<new.timeCount {
      guard let offset = offset(ofType: Int(bytes[indices + index])) else { return nil }
      times.append(Self.number(bytes, at: new.start + index * 8, size: 8))
      offsets.append(offset)
    }
  }

  func offset(at seconds: Int64) -> Int {
    var low = 0
    var high = times.count
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : offsets[low - 1]
  }

  /// Big endian. - Precondition: in bounds.
  private static func number(_ bytes: [UInt8], at offset: Int, size: Int) -> Int64 {
    Int64(bitPattern: bytes[offset..<(offset + size)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// https://www.rfc-editor.org/rfc/rfc8536#section-3.1
  private struct Header {
    let version: UInt8
    let start: Int
    let timeCount: Int
    let typeCount: Int
    private let restSize: (leap: Int, fixed: Int)

    init?(_ bytes: [UInt8], at offset: Int) {
      guard offset + 44 <= bytes.count, bytes[offset..<(offset + 4)].elementsEqual("TZif".utf8) else { return nil }
      func count(_ index: Int) -> Int { Int(ZoneFile.number(bytes, at: offset + 20 + index * 4, size: 4)) }
      version = bytes[offset + 4]
      start = offset + 44
      timeCount = count(3)
      typeCount = count(4)
      restSize = (leap: count(2), fixed: count(0) + count(1) + count(5))
      guard timeCount < 10_000, typeCount < 256, restSize.leap < 10_000, restSize.fixed < 10_000 else { return nil }
    }

    func end(timeSize: Int) -> Int {
      start + timeCount * (timeSize + 1) + typeCount * 6 + restSize.leap * (timeSize + 4) + restSize.fixed
    }
  }
}
