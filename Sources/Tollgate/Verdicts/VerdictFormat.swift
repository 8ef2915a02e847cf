public import Gating
internal import Reporting

/// A form in which a verdict can be written.
public enum VerdictFormat: String, CaseIterable, Sendable {
  /// For people, in a terminal or a job's log.
  case text
  /// For scripts: `docs/verdict.schema.json`.
  case json
  /// For a comment on a pull request, or the summary of a job.
  case markdown
}

/// Writes `verdict` in a format: UTF-8 with a line ending at the end. Equal verdicts give equal bytes.
public func render(_ verdict: Verdict, as format: VerdictFormat) -> [UInt8] {
  switch format {
  case .text: Array(VerdictText(verdict).written().utf8)
  case .json: VerdictJSON(verdict).written()
  case .markdown: Array(VerdictMarkdown(verdict).written().utf8)
  }
}
