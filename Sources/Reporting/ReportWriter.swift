/// A format of reports: from a ``ReportView`` to bytes.
///
/// The bytes follow from the view alone, are UTF-8 and end with a line ending. No value of a credential may be among
/// them: a writer shows `secret.mask` and `snippet`, never `exposedBytes`.
protocol ReportWriter: SendableMetatype {
  init(_ view: ReportView)
  func written() -> [UInt8]
}
