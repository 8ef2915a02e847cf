internal import CEncodingScan

// This looks at every byte of every file, so it must cost next to nothing where nothing is encoded. Two bytes beside each
// other tell of nearly all quotes, percent signs and backslashes that they begin nothing, the first eight of a run of
// letters and digits that it is a name or a hash; what passes is looked at by the decoders.

/// Finds the places in a text that may be encoded.
struct EncodingFinder: ~Copyable {
  /// Where an escape sequence, or a joint between literals, may begin.
  private(set) var marks: [Int] = []
  /// Stretches in the alphabet of base 64, of ``minRun`` bytes or more, whose first bytes may be encoded text.
  private(set) var runs: [Range<Int>] = []

  static let minRun = Int(TG_MIN_RUN)

  private var foundMarks = [UInt32](repeating: 0, count: Self.capacity)
  private var foundRuns = [tg_run](repeating: tg_run(start: 0, end: 0), count: Self.capacity)

  private static let capacity = 1_024

  /// - Parameters:
  ///   - text: at most 2^32 - 1 bytes.
  ///   - isVectored: whether the processor's wide instructions are used, if it has them; the result is the same.
  mutating func find(in text: Span<UInt8>, isVectored: Bool = true) {
    precondition(text.count <= UInt32.max)
    marks.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    var offset = 0
    var floor = 0
    while offset < text.count {
      let scan = unsafe text.withUnsafeBufferPointer { bytes in
        // Nothing is read behind `count`, and no more written than the capacity that both buffers have.
        let find = unsafe isVectored ? tg_find_encodings : tg_find_encodings_plain
        return unsafe find(bytes.baseAddress, bytes.count, offset, floor, &foundMarks, &foundRuns, Self.capacity)
      }
      for mark in foundMarks[..<scan.marks] { marks.append(Int(mark)) }
      for run in foundRuns[..<scan.runs] { runs.append(Int(run.start)..<Int(run.end)) }
      floor = scan.floor
      offset = scan.offset
    }
  }
}
