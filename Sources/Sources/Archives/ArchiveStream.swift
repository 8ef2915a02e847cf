internal import CArchive
internal import Glibc

// archive_read_support_format_all would make the program hold readers of formats that nobody keeps secrets in, and by one of
// them libxml2 and ICU; archive_read_support_filter_all starts programs. So formats and filters are named.

/// What libarchive could not do.
struct ArchiveError: Error {
  /// In libarchive's words, which hold nothing of the contents.
  var message: String
}

/// The entries of one archive in memory, in their order, read by libarchive
/// (https://github.com/libarchive/libarchive/wiki/ManPageArchiveRead3).
@safe struct ArchiveStream: ~Copyable {
  private let handle: OpaquePointer

  // Never freed and never changed; where a system has none, zero leaves the thread's own.
  private nonisolated(unsafe) static let utf8 = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil)

  struct Entry {
    /// As the archive has it; empty where it has none.
    var name: [UInt8]
    /// `nil` where the archive does not say.
    var size: Int?
    /// Neither a directory, a link nor a device.
    var isFile: Bool
    var isEncrypted: Bool
  }

  init() throws(ArchiveError) {
    guard let handle = unsafe archive_read_new() else { throw ArchiveError(message: "no memory") }
    unsafe self.handle = handle
  }

  deinit { _ = unsafe archive_read_free(handle) }

  /// - Parameter bytes: must outlive the stream: libarchive reads them as it goes.
  @unsafe mutating func open(_ bytes: UnsafeBufferPointer<UInt8>, format: ArchiveFormat) throws(ArchiveError) {
    switch format {
    case .zip: _ = unsafe archive_read_support_format_zip(handle)
    case .sevenZip: _ = unsafe archive_read_support_format_7zip(handle)
    case .tar: _ = unsafe archive_read_support_format_tar(handle)
    case .gzip: _ = unsafe archive_read_support_filter_gzip(handle)
    case .bzip2: _ = unsafe archive_read_support_filter_bzip2(handle)
    case .xz: _ = unsafe archive_read_support_filter_xz(handle)
    case .zstandard: _ = unsafe archive_read_support_filter_zstd(handle)
    }
    if format.isCompressedFile {
      _ = unsafe archive_read_support_format_tar(handle)
      _ = unsafe archive_read_support_format_raw(handle)
      _ = unsafe archive_read_support_format_empty(handle)
    }
    guard unsafe archive_read_open_memory(handle, bytes.baseAddress, bytes.count) == ARCHIVE_OK else {
      throw unsafe Self.error(handle)
    }
  }

  /// The header of the next entry; `nil` behind the last. What was not read of the last entry is passed over.
  mutating func next() throws(ArchiveError) -> Entry? {
    var entry: OpaquePointer?
    // libarchive turns names into the character set of the thread, which is ASCII if nobody has said otherwise.
    let before = unsafe uselocale(Self.utf8)
    defer { _ = unsafe uselocale(before) }
    let code = unsafe archive_read_next_header(handle, &entry)
    if code == ARCHIVE_EOF { return nil }
    // A warning is about a name that is not in the character set of the process, or the like.
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN, let entry = unsafe entry else { throw unsafe Self.error(handle) }
    let name = unsafe archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)
    let isFile = unsafe archive_entry_filetype(entry) & 0o170000 == 0o100000 && archive_entry_hardlink(entry) == nil
    return unsafe Entry(
      // Both give bytes that end with NUL and live until the next header.
      name: name.map { unsafe Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? [],
      size: archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil,
      isFile: isFile, isEncrypted: archive_entry_is_encrypted(entry) != 0)
  }

  /// Whether all that the archive says of itself is encrypted, so that not even names can be read.
  var isEncrypted: Bool { unsafe archive_read_has_encrypted_entries(handle) > 0 }

  /// Appends the contents of the entry, but no more than until `buffer` holds more than `limit` bytes.
  ///
  /// - Throws: when they are damaged; what could be read is in the buffer.
  mutating func read(into buffer: inout [UInt8], limit: Int) throws(ArchiveError) {
    let chunk = 64 << 10
    while buffer.count <= limit {
      let start = buffer.count
      buffer += [UInt8](repeating: 0, count: chunk)
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        // The last `chunk` bytes were just added.
        unsafe archive_read_data(handle, bytes.baseAddress.map { unsafe $0 + start }, chunk)
      }
      buffer.removeLast(chunk - max(0, count))
      if count == 0 { return }
      if count < 0 {
        if count == Int(ARCHIVE_RETRY) || count == Int(ARCHIVE_WARN) { continue }
        throw unsafe Self.error(handle)
      }
    }
  }

  private static func error(_ handle: OpaquePointer) -> ArchiveError {
    let text = unsafe archive_error_string(handle).map { unsafe String(cString: $0) }
    return ArchiveError(message: text ?? "not what its first bytes say")
  }
}
