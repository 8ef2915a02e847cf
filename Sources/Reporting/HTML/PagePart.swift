internal import ReportPage

/// The parts of the page that are the same in every report.
enum PagePart {
  static let style = unsafe bytes(of: tg_page_style())
  static let script = unsafe bytes(of: tg_page_script())

  private static func bytes(of part: tg_page_part_t) -> [UInt8] {
    // `#embed` data: constant, as long as the program runs; the size is the array's own.
    unsafe Array(UnsafeBufferPointer(start: part.bytes, count: part.size))
  }
}
