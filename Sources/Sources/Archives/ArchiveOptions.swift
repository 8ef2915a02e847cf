package import Findings

/// How far archives are looked into. What lies beyond a limit is told of.
package struct ArchiveOptions: Sendable {
  /// How many archives may lie in each other; 0: none is looked into.
  package var depth = 3
  /// The most entries of one file, those of archives within it included.
  package var maxEntries = 50_000
  /// Larger entries are passed over, in bytes.
  package var maxEntryBytes = 10 << 20
  /// What one file, with all archives within it, may expand to, in bytes.
  package var maxTotalBytes = 512 << 20
  /// What an archive may expand to as a multiple of its own size, once it has passed ``freeBytes``. Text shrinks to a
  /// twentieth, rarely to a hundredth.
  package var maxRatio = 200
  /// What may be expanded whatever the ratio, in bytes.
  package var freeBytes = 8 << 20
  /// Larger archives of a file tree are passed over, in bytes.
  package var maxArchiveBytes = 100 << 20
  /// Paths that are left out, those of archives before them included.
  package var excludes: [PathGlob] = []

  package init() {}
}
