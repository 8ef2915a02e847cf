/// The kinds of archives and compressed files that are looked into, told by their first bytes: a name says nothing.
package enum ArchiveFormat: String, CaseIterable, Sendable {
  /// `.zip`, `.jar`, `.whl`, `.nupkg`, `.docx`, … (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7).
  case zip
  /// RFC 1952, 2.3.1.
  case gzip
  /// https://sourceware.org/bzip2/: block size, then the first digits of pi.
  case bzip2
  /// https://tukaani.org/xz/xz-file-format.txt, 2.1.1.1.
  case xz
  /// RFC 8878, 3.1.1.
  case zstandard
  /// POSIX.1-2017, pax, "ustar Interchange Format".
  case tar
  /// https://py7zr.readthedocs.io/en/latest/archive_format.html.
  case sevenZip = "7z"

  /// How many of the first bytes ``init(_:)`` looks at.
  package static let probeBytes = 512

  /// What `bytes`, or their first ``probeBytes``, are the start of.
  package init?(_ bytes: Span<UInt8>) {
    guard bytes.count >= 4 else { return nil }
    func starts(with magic: [UInt8]) -> Bool {
      bytes.count >= magic.count && magic.indices.allSatisfy { bytes[$0] == magic[$0] }
    }
    switch bytes[0] {
    case 0x50 where starts(with: [0x50, 0x4B, 3, 4]) || starts(with: [0x50, 0x4B, 5, 6]): self = .zip
    case 0x1F where starts(with: [0x1F, 0x8B, 8]): self = .gzip
    case 0x42 where starts(with: Array("BZh".utf8)) && bytes.count > 9 && Self.isBlock(bytes): self = .bzip2
    case 0xFD where starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]): self = .xz
    case 0x28 where starts(with: [0x28, 0xB5, 0x2F, 0xFD]): self = .zstandard
    case 0x37 where starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]): self = .sevenZip
    default:
      guard Self.isTar(bytes) else { return nil }
      self = .tar
    }
  }

  /// Whether a block of bzip2, or the end of an empty file, follows the block size.
  private static func isBlock(_ bytes: Span<UInt8>) -> Bool {
    let (block, end): ([UInt8], [UInt8]) = (
      [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]
    )
    return block.indices.allSatisfy { bytes[4 + $0] == block[$0] }
      || end.indices.allSatisfy { bytes[4 + $0] == end[$0] }
  }

  /// The magic stands far behind, so the checksum of the header decides too.
  private static func isTar(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= 512, bytes[257] == UInt8(ascii: "u") else { return false }
    let magic = Array("ustar".utf8)
    guard magic.indices.allSatisfy({ bytes[257 + $0] == magic[$0] }) else { return false }
    var sum = 0
    for offset in 0..<512 { sum += (148..<156).contains(offset) ? 32 : Int(bytes[offset]) }
    var told = 0
    for offset in 148..<156 where bytes[offset] >= 0x30 && bytes[offset] < 0x38 {
      told = told * 8 + Int(bytes[offset] - 0x30)
    }
    return sum == told
  }

  /// Whether the file holds one other file, which may be a tar archive.
  var isCompressedFile: Bool {
    switch self {
    case .gzip, .bzip2, .xz, .zstandard: true
    case .zip, .tar, .sevenZip: false
    }
  }

  /// Whether an entry can be passed over without expanding it.
  var isSeekable: Bool { self == .zip }
}
