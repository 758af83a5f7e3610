import Frames
import Presets

/// The network of jobs that run one after the other: the first of them loads it, the rest take it as it is. Every shot
/// begins afresh, so nothing goes from one job to the next.
public final class SharedNetwork: Sendable {
    private let loaded = Protected<JobNetwork?>(nil)

    public init() {}

    /// - Parameter options: alike in all jobs as far as model, engine and ratio go. Trimaps go with one clip, so jobs
    ///   that have some share nothing.
    func open(
        _ options: RunOptions, frameRate: Rational, isPart: Bool, isCancelled: @escaping @Sendable () -> Bool,
        notice: @escaping NoticeHandler
    ) throws -> JobNetwork {
        func make() throws -> JobNetwork {
            try JobNetwork(options, frameRate: frameRate, isPart: isPart, isCancelled: isCancelled, notice: notice)
        }
        guard !options.trimap.isUsed else { return try make() }
        return try loaded.withLock { loaded in
            if let loaded { return loaded }
            let network = try make()
            loaded = network
            return network
        }
    }
}
