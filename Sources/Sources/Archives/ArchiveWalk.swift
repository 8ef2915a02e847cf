package import Findings

// A path into an archive is written as Java and its tools do: `lib/app.jar!/config/db.properties`. In a URI the `!` is
// percent-encoded like all that RFC 3986 does not call unreserved, so the reference stays one of a file below the root.

/// Looks into one archive and those within it, within limits that hold for all of them together.
package struct ArchiveWalk: ~Copyable {
  private let options: ArchiveOptions
  private var entries = 0
  private var expanded = 0
  /// Whether a limit for all was reached.
  private var isOver = false

  package init(_ options: ArchiveOptions) {
    self.options = options
  }

  /// Calls `visit` with the contents and path of each file in the archive, and `note` with what was passed over and why.
  ///
  /// - Parameters:
  ///   - bytes: an archive of that format.
  ///   - path: the archive's own.
  package mutating func walk(
    _ bytes: Span<UInt8>, format: ArchiveFormat, path: SourcePath, visit: (Span<UInt8>, SourcePath) -> Void,
    note: (Notification) -> Void
  ) {
    walk(bytes, format: format, path: path, depth: 1, visit: visit, note: note)
  }

  /// What was passed over in one archive.
  private struct Skips {
    var encrypted = 0
    var damaged = 0
    /// Why the first damaged entry could not be read.
    var damage = ""
  }

  private mutating func walk(
    _ bytes: Span<UInt8>, format: ArchiveFormat, path: SourcePath, depth: Int,
    visit: (Span<UInt8>, SourcePath) -> Void, note: (Notification) -> Void
  ) {
    let limit = min(options.maxTotalBytes - expanded, max(options.freeBytes, bytes.count * options.maxRatio))
    var skips = Skips()
    do throws(ArchiveError) {
      try unsafe bytes.withUnsafeBufferPointer { buffer throws(ArchiveError) in
        // The stream ends before the buffer does.
        var stream = try ArchiveStream()
        try unsafe stream.open(buffer, format: format)
        try walk(
          &stream, format: format, path: path, limit: expanded + limit, depth: depth, skips: &skips, visit: visit,
          note: note)
      }
    } catch {
      note(
        Notification(
          kind: .archiveDamaged, level: .warning, message: "the archive could not be read to its end: \(error.message)",
          path: path))
    }
    if skips.encrypted > 0 {
      note(
        Notification(
          kind: .archiveEncrypted, level: .warning,
          message: "\(Self.counted(skips.encrypted)) encrypted and could not be looked into", path: path))
    }
    if skips.damaged > 0 {
      note(
        Notification(
          kind: .archiveDamaged, level: .warning,
          message: "\(Self.counted(skips.damaged)) damaged and could not be read to the end: \(skips.damage)",
          path: path))
    }
  }

  private mutating func walk(
    _ stream: inout ArchiveStream, format: ArchiveFormat, path: SourcePath, limit: Int, depth: Int,
    skips: inout Skips, visit: (Span<UInt8>, SourcePath) -> Void, note: (Notification) -> Void
  ) throws(ArchiveError) {
    func end(_ reason: String) {
      note(
        Notification(
          kind: .archiveLimit, level: .warning, message: "the rest of the archive was not looked into: \(reason)",
          path: path))
    }
    var buffer: [UInt8] = []
    while !isOver {
      let entry: ArchiveStream.Entry?
      do throws(ArchiveError) {
        entry = try stream.next()
      } catch {
        guard stream.isEncrypted else { throw error }
        skips.encrypted += 1
        return
      }
      guard let entry else { return }
      guard entry.isFile else { continue }
      entries += 1
      if entries > options.maxEntries {
        isOver = true
        return end("more than \(options.maxEntries) entries")
      }
      let entryPath = Self.path(of: entry, in: path, format: format)
      if options.excludes.contains(where: { $0.matches(entryPath) }) {
        note(
          Notification(kind: .excluded, level: .note, message: "left out by an exclude pattern", path: entryPath))
        // To pass over an entry is to expand it in most formats.
        if !format.isSeekable { expanded += entry.size ?? 0 }
      } else if entry.isEncrypted {
        skips.encrypted += 1
      } else if let size = entry.size, size > options.maxEntryBytes {
        note(FileReader.tooLarge(entryPath, size: size, limit: options.maxEntryBytes))
        if !format.isSeekable { expanded += size }
      } else {
        buffer.removeAll(keepingCapacity: true)
        let most = min(options.maxEntryBytes, max(0, limit - expanded))
        do throws(ArchiveError) {
          try stream.read(into: &buffer, limit: most)
        } catch {
          skips.damaged += 1
          if skips.damage.isEmpty { skips.damage = error.message }
        }
        expanded += buffer.count
        if buffer.count > most {
          if most < options.maxEntryBytes {
            isOver = expanded >= options.maxTotalBytes
            return end(reason(isOver: isOver))
          }
          note(
            Notification(
              kind: .tooLarge, level: .warning,
              message: "larger than the limit of \(options.maxEntryBytes) bytes (--max-file-size)", path: entryPath))
          // The size is not known, and what it would cost to pass over it neither.
          if !format.isSeekable, entry.size == nil { return }
        } else {
          visitContents(buffer, path: entryPath, depth: depth, visit: visit, note: note)
        }
      }
      if expanded > limit {
        isOver = expanded >= options.maxTotalBytes
        return end(reason(isOver: isOver))
      }
    }
  }

  private mutating func visitContents(
    _ bytes: [UInt8], path: SourcePath, depth: Int, visit: (Span<UInt8>, SourcePath) -> Void,
    note: (Notification) -> Void
  ) {
    guard let format = ArchiveFormat(bytes.span) else { return visit(bytes.span, path) }
    if depth < options.depth {
      walk(bytes.span, format: format, path: path, depth: depth + 1, visit: visit, note: note)
    } else {
      note(
        Notification(
          kind: .archiveLimit, level: .warning,
          message: "lies in \(depth) archives and was not looked into (--archive-depth)", path: path))
    }
  }

  private func reason(isOver: Bool) -> String {
    isOver
      ? "more than \(options.maxTotalBytes) bytes in all"
      : "more than \(options.maxRatio) times its own size"
  }

  private static func counted(_ count: Int) -> String { count == 1 ? "1 entry is" : "\(count) entries are" }

  // MARK: Paths

  /// Longer names are cut at their start.
  private static let maxNameBytes = 1_024

  private static func path(of entry: ArchiveStream.Entry, in archive: SourcePath, format: ArchiveFormat) -> SourcePath {
    // libarchive calls what is in a compressed file `data`; the file's own name without its ending says more.
    let isOnly = format.isCompressedFile && entry.size == nil
    let name = isOnly ? nameWithoutEnding(archive.name) : entry.name
    return SourcePath(bytes: archive.bytes + Array("!/".utf8) + normalised(name))
  }

  /// Without anything that would lead out of the archive.
  static func normalised(_ name: [UInt8]) -> [UInt8] {
    let components = name.suffix(maxNameBytes).split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
      .filter { !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
    return components.isEmpty ? Array("unnamed".utf8) : Array(components.joined(separator: [UInt8(ascii: "/")]))
  }

  private static func nameWithoutEnding(_ name: ArraySlice<UInt8>) -> [UInt8] {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return Array(name) }
    return Array(name[..<dot])
  }
}
