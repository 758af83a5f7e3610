internal import MatteKit

/// How many clips run side by side, and how many threads the network of each has.
///
/// Clips with one-thread networks beat one clip with a many-thread network, as a frame has parts that use one core only,
/// and threads wait for each other at every layer. See ARCHITECTURE.md for the measurement.
struct Parallelism: Sendable, Hashable {
    let jobs: Int
    let threads: Int

    /// What a clip of 4K takes at most, roughly; smaller ones take less.
    private static let bytesPerJob = 1 << 30

    /// - Parameters:
    ///   - asked: `--jobs`.
    ///   - clips: how many there are; nil where more may come.
    init(asked: Int?, clips: Int?, device: String, machine: Machine = Machine()) {
        let cores = max(1, machine.cores)
        // Another device is shared by all; two clips keep it busy while one of them decodes or encodes.
        let wished = asked ?? (device == "cpu" ? cores : min(2, cores))
        let fitting = asked ?? machine.memoryBytes.map { max(1, $0 / Self.bytesPerJob) } ?? wished
        let jobs = max(1, min(wished, fitting, clips ?? wished))
        self.jobs = jobs
        threads = max(1, cores / jobs)
    }
}
