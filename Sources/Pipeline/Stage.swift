import Dispatch

/// A serial queue bounded by credits: the only place where work changes threads.
///
/// `send` waits for one of `capacity` credits; the work item runs on the stage's queue; finishing it returns the
/// credit. FIFO order keeps frames in order and makes the flush arrive after every item. Frames in flight are at
/// most the sum of the capacities plus one, whatever the length of the clip.
final class Stage<Item: Sendable>: Sendable {
    let meter: StageMeter
    private let queue: DispatchQueue
    private let credits: DispatchSemaphore
    private let state: RunState
    private let handle: @Sendable (Item) throws -> Void

    /// - Parameters:
    ///   - meter: books this stage's work; its name becomes the queue's.
    ///   - handle: does the stage's work on one item, always on the stage's queue.
    init(meter: StageMeter, capacity: Int, state: RunState, handle: @escaping @Sendable (Item) throws -> Void) {
        self.meter = meter
        queue = DispatchQueue(label: "matte.\(meter.name)")
        // Starts at 0 and is raised: a semaphore that is released below its initial value traps.
        credits = DispatchSemaphore(value: 0)
        for _ in 0..<max(1, capacity) { credits.signal() }
        self.state = state
        self.handle = handle
    }

    /// Hands an item over; waits while the queue is full, and books that wait to `sender`.
    func send(_ item: Item, from sender: StageMeter) {
        let begin = StageMeter.now()
        credits.wait()
        sender.waited(seconds: StageMeter.now() - begin)
        meter.itemEntered()
        queue.async { [self] in
            defer {
                meter.itemLeft()
                credits.signal()
            }
            work { try meter.measure { try handle(item) } }
        }
    }

    /// Queues the stage's last work. `next` is called afterwards even if the flush fails or the run has stopped, so
    /// that the end of the stream reaches the last stage in any case.
    func finish(_ flush: @escaping @Sendable () throws -> Void, next: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            defer { next() }
            work(flush)
        }
    }

    private func work(_ body: () throws -> Void) {
        guard !state.isStopped else { return }
        do { try body() } catch { state.fail(error) }
    }
}

/// A value that only one stage's queue touches while the pipeline runs.
struct Confined<Value>: @unchecked Sendable {
    // Sendable: the pipeline hands it to one serial queue before it starts, and reads it again after the queue is empty.
    let value: Value
}
