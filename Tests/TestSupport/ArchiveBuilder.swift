internal import CArchive

/// Makes archives in memory with libarchive's own writers.
package struct ArchiveBuilder {
  package enum Kind: String, CaseIterable, Sendable {
    case zip, sevenZip = "7zip", tar = "ustar", tarGzip, tarBzip2, tarXz, tarZstandard
    /// One compressed file.
    case gzip, bzip2, xz, zstandard
  }

  package struct Failure: Error { package var message: String }

  /// - Parameters:
  ///   - files: names and contents.
  ///   - passphrase: encrypts the entries of a zip archive.
  package static func archive(
    _ kind: Kind, _ files: [(String, [UInt8])], passphrase: String? = nil
  ) throws -> [UInt8] {
    guard let handle = unsafe archive_write_new() else { throw Failure(message: "no memory") }
    defer { _ = unsafe archive_write_free(handle) }
    func check(_ code: Int32) throws {
      if code == ARCHIVE_OK || code == ARCHIVE_WARN { return }
      throw Failure(message: unsafe archive_error_string(handle).map { unsafe String(cString: $0) } ?? "\(code)")
    }
    switch kind {
    case .zip: try check(unsafe archive_write_set_format_zip(handle))
    case .sevenZip: try check(unsafe archive_write_set_format_7zip(handle))
    case .tar, .tarGzip, .tarBzip2, .tarXz, .tarZstandard:
      try check(unsafe archive_write_set_format_pax_restricted(handle))
    case .gzip, .bzip2, .xz, .zstandard: try check(unsafe archive_write_set_format_raw(handle))
    }
    switch kind {
    case .gzip, .tarGzip: try check(unsafe archive_write_add_filter_gzip(handle))
    case .bzip2, .tarBzip2: try check(unsafe archive_write_add_filter_bzip2(handle))
    case .xz, .tarXz: try check(unsafe archive_write_add_filter_xz(handle))
    case .zstandard, .tarZstandard: try check(unsafe archive_write_add_filter_zstd(handle))
    case .zip, .sevenZip, .tar: break
    }
    if let passphrase {
      try check(unsafe archive_write_set_options(handle, "zip:encryption=traditional"))
      try check(unsafe archive_write_set_passphrase(handle, passphrase))
    }
    try check(unsafe archive_write_set_bytes_per_block(handle, 0))
    var output = [UInt8](repeating: 0, count: files.reduce(1 << 20) { $0 + 2 * $1.1.count + 4_096 })
    var used = 0
    try unsafe output.withUnsafeMutableBytes { bytes in
      // Both pointers are valid until the archive is closed, within this closure.
      try unsafe withUnsafeMutablePointer(to: &used) { used in
        try check(unsafe archive_write_open_memory(handle, bytes.baseAddress, bytes.count, used))
        for (name, contents) in files {
          let entry = unsafe archive_entry_new()
          defer { unsafe archive_entry_free(entry) }
          unsafe archive_entry_set_pathname(entry, name)
          unsafe archive_entry_set_size(entry, Int64(contents.count))
          unsafe archive_entry_set_filetype(entry, 0o100000)
          unsafe archive_entry_set_perm(entry, 0o644)
          try check(unsafe archive_write_header(handle, entry))
          var written = 0
          while written < contents.count {
            let count = unsafe contents[written...].withUnsafeBytes {
              unsafe archive_write_data(handle, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw Failure(message: "could not write \(name)") }
            written += Int(count)
          }
        }
        try check(unsafe archive_write_close(handle))
      }
    }
    return Array(output[..<used])
  }
}
