internal import Frames

/// Keeps values that follow from a key and take time or memory to make, the most recent ones: a clip asks for the same
/// few again with every frame. Any thread may use it.
final class RecentValues<Key: Equatable & Sendable, Value: Sendable>: Sendable {
    private let entries = Protected<[(key: Key, value: Value)]>([])
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func value(for key: Key, make: () -> Value) -> Value {
        entries.withLock { entries in
            if let index = entries.firstIndex(where: { $0.key == key }) {
                // The one asked for longest ago is at the end.
                if index > 0 { entries.swapAt(index, index - 1) }
                return entries[max(index - 1, 0)].value
            }
            let value = make()
            if entries.count == limit { entries.removeLast() }
            entries.insert((key, value), at: 0)
            return value
        }
    }
}
