import Frames

/// Collects numbers from any thread.
final class Collector: Sendable {
    private let list = Protected<[Int]>([])

    var values: [Int] { list.withLock { $0 } }

    func add(_ value: Int) { list.withLock { $0.append(value) } }
}
