import Dispatch
import Frames

/// A serial queue with room for one waiting item: what is offered while the queue is busy takes the place of what
/// waits. So a slow stage sees the newest picture next, and nothing piles up.
///
/// Any thread may offer; the work runs on the stage's own queue.
final class NewestWinsStage<Item: Sendable>: Sendable {
    private struct State {
        var waiting: Item?
        var isAtWork = false
    }

    private let state = Protected(State())
    private let queue: DispatchQueue
    private let replaced: @Sendable () -> Void
    private let handle: @Sendable (Item) -> Void

    /// - Parameter replaced: called for every item that gave way to a newer one.
    init(
        name: String, replaced: @escaping @Sendable () -> Void, handle: @escaping @Sendable (Item) -> Void
    ) {
        queue = DispatchQueue(label: "matte.live.\(name)", qos: .userInteractive)
        self.replaced = replaced
        self.handle = handle
    }

    /// Hands over the newest item; never waits.
    func offer(_ item: Item) {
        let (starts, replaces) = state.withLock { state in
            let before = (!state.isAtWork, state.waiting != nil)
            state.waiting = item
            state.isAtWork = true
            return before
        }
        if replaces { replaced() }
        if starts { queue.async { self.work() } }
    }

    /// Waits until nothing is left to do; nobody may offer meanwhile.
    func drain() { queue.sync {} }

    private func work() {
        while let item = take() { handle(item) }
    }

    private func take() -> Item? {
        state.withLock { state in
            defer { state.waiting = nil }
            if state.waiting == nil { state.isAtWork = false }
            return state.waiting
        }
    }
}
