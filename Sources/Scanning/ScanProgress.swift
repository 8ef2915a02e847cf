internal import Synchronization

/// How far a scan is; read it from anywhere while the scan runs.
public final class ScanProgress: Sendable {
  private let total = Atomic<Int>(0)
  private let done = Atomic<Int>(0)

  public init() {}

  /// How many files the scan will read; 0 while they are being listed.
  public var fileCount: Int { total.load(ordering: .relaxed) }

  /// How many of them are done.
  public var filesDone: Int { done.load(ordering: .relaxed) }

  func start(_ count: Int) { total.store(count, ordering: .relaxed) }

  func advance() { done.add(1, ordering: .relaxed) }
}
