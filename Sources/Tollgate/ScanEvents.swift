public import Scanning

/// The events of one scan, which starts when they are first asked for.
public struct ScanEvents: AsyncSequence, Sendable {
  public typealias Element = ScanEvent
  public typealias Failure = Never

  private let start: @Sendable (@escaping @Sendable (ScanEvent) -> Void) async -> Void

  init(_ start: @escaping @Sendable (@escaping @Sendable (ScanEvent) -> Void) async -> Void) {
    self.start = start
  }

  public func makeAsyncIterator() -> AsyncIterator {
    let (stream, continuation) = AsyncStream.makeStream(of: ScanEvent.self)
    let task = Task { [start] in
      await start { continuation.yield($0) }
      continuation.finish()
    }
    continuation.onTermination = { _ in task.cancel() }
    return AsyncIterator(iterator: stream.makeAsyncIterator())
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    var iterator: AsyncStream<ScanEvent>.AsyncIterator

    public mutating func next(isolation actor: isolated (any Actor)?) async -> ScanEvent? {
      await iterator.next(isolation: actor)
    }
  }
}
