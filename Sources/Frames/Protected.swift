import Foundation

/// A value behind a lock; any thread may use it.
///
/// It stands in for `Synchronization.Mutex`, whose lock on Linux the thread sanitizer cannot see: every use of a
/// `Mutex` would be reported as a race, and a real one would drown among them.
public final class Protected<Value>: @unchecked Sendable {
    // Sendable: `value` is touched under `lock` only.
    private let lock = NSLock()
    private var value: Value

    public init(_ value: sending Value) { self.value = value }

    /// Calls `body` with the value while no other thread has it. Must not be nested on one object.
    public func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
