internal import MatteKit

/// How many workers run side by side, and how many threads the network of each has.
///
/// Clips with one-thread networks beat one clip with a many-thread network, as a frame has parts that use one core only,
/// and threads wait for each other at every layer. See ARCHITECTURE.md for the measurement.
struct Parallelism: Sendable, Hashable {
    /// Workers side by side.
    let jobs: Int
    private let cores: Int

    /// What a clip of 4K takes at most, roughly; smaller ones take less.
    private static let bytesPerJob = 1 << 30

    /// - Parameter asked: `--jobs`.
    init(asked: Int?, device: String, machine: Machine = Machine()) {
        cores = max(1, machine.cores)
        // Another device is shared by all; two clips keep it busy while one of them decodes or encodes.
        let wished = asked ?? (device == "cpu" ? cores : min(2, cores))
        let fitting = asked ?? machine.memoryBytes.map { max(1, $0 / Self.bytesPerJob) } ?? wished
        jobs = max(1, min(wished, fitting))
    }

    /// In which order clips begin: the longest first, by the sizes of their files, so that none of them is left for the end
    /// when the other workers have nothing to do any more. Of the same size, and for a single worker, as they were given.
    func order<Item>(_ items: [Item], by clip: (Item) -> BulkClip) -> [Item] {
        guard jobs > 1 else { return items }
        return items.enumerated().sorted {
            let (one, other) = (clip($0.element).inputBytes, clip($1.element).inputBytes)
            return one != other ? one > other : $0.offset < $1.offset
        }.map(\.element)
    }

    /// For the network of a worker that begins now.
    ///
    /// - Parameter demand: workers that there is something to do for, this one included. Few of them get the cores of
    ///   those that are not there.
    func threads(demand: Int) -> Int { max(1, cores / max(1, min(jobs, demand))) }

    /// For the encoder of a clip that is done as a whole; nil leaves it to the encoder.
    ///
    /// Where every core has a clip, threads of one encoder only take turns with those of the others. It is the same for
    /// all clips of a run, whenever they are done, since an encoder's results depend on it.
    ///
    /// - Parameter clips: of the whole run, those that were done before included.
    func encoderThreads(clips: Int) -> Int? { jobs >= cores && clips > jobs ? 1 : nil }
}
