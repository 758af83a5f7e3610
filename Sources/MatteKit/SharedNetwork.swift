import Frames
public import Matting
import Presets

/// The network of jobs that run one after the other: the first of them loads it, the rest take it as it is. Every shot
/// begins afresh, so nothing goes from one job to the next.
public final class SharedNetwork: Sendable {
    private let loaded: Protected<JobNetwork?>

    public init() { loaded = Protected(nil) }

    /// A network that the caller made: the options' model, engine and ratio count for nothing then.
    ///
    /// - Parameter name: for reports, in place of the model's.
    public init(_ network: sending any MattingNetwork, name: String) {
        loaded = Protected(JobNetwork(network: network, name: name))
    }

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
