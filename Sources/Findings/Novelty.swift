/// Whether the change that was scanned brought a finding, or found it there.
public enum Novelty: String, CaseIterable, Sendable {
  /// On a line that the change adds.
  case new
  /// On another line of a file that the change touches.
  case existing
}
