import Frames
import Matting
import Models
import Presets

/// The network of jobs that run one after the other: the first of them loads it, the rest take it as it is. Every shot
/// begins afresh, so nothing goes from one job to the next.
public final class SharedNetwork: Sendable {
    private let loaded = Protected<(network: any MattingNetwork, model: String)?>(nil)

    public init() {}

    /// - Parameter options: alike in all jobs as far as model, engine and ratio go.
    func open(
        _ options: RunOptions, notice: @escaping NoticeHandler
    ) throws -> (network: any MattingNetwork, model: String) {
        try loaded.withLock { loaded in
            if let loaded { return loaded }
            let model = try ModelStore(catalog: ModelCatalog(notice: notice)).model(options.model)
            let network = try MattingNetworks.make(
                model: model, inference: options.inference, ratio: options.matting.ratio, notice: notice)
            loaded = (network, model.card.name)
            return (network, model.card.name)
        }
    }
}
