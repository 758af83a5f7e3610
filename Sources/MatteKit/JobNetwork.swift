import Foundation
import Frames
import Matting
import Models
import Plates
import Presets
import Trimaps

/// What mattes a job's pictures by its options: a network, or a method that needs none, with the trimaps it goes by.
struct JobNetwork {
    let network: any MattingNetwork
    /// The model's or the method's, for reports.
    let name: String

    init(network: any MattingNetwork, name: String) {
        self.network = network
        self.name = name
    }

    /// - Parameters:
    ///   - frameRate: of the clip; pictures of a trimap's folder count by it.
    ///   - isPart: whether the job does only a part of the clip, to which a clip of trimaps would have to be matched.
    /// - Throws: what `TrimapOptions.validate`, the store, the decoder and the network throw.
    init(
        _ options: RunOptions, frameRate: Rational, isPart: Bool = false,
        isCancelled: @escaping @Sendable () -> Bool = { false },
        notice: @escaping NoticeHandler
    ) throws {
        let trimap = options.trimap
        try trimap.validate()
        let store = ModelStore(catalog: ModelCatalog(notice: notice))
        func make(_ model: InstalledModel, _ trimaps: TrimapSequence? = nil) throws -> any MattingNetwork {
            var plate: CleanPlate?
            if model.card.kind == .plate, let name = options.plate {
                guard name != "auto" else {
                    throw MatteError(
                        .usage, "--plate auto needs a model that finds the subject without a plate",
                        advice: "make one with 'matte plate', or choose another --model")
                }
                plate = try JobPlate(name: name, notice: notice, isCancelled: isCancelled).plate(for: nil)
            }
            return try MattingNetworks.make(
                model: model, inference: options.inference, ratio: options.matting.ratio, trimaps: trimaps,
                plate: plate, notice: notice)
        }
        guard trimap.isUsed else {
            let model = try store.model(options.model)
            network = try make(model)
            name = model.card.name
            return
        }
        let makesMask = trimap.isFromMask && trimap.path == nil
        let isDefault = options.model == ModelCatalog.defaultModel
        // A trimap needs no network, so the default one need not even be there.
        let model = makesMask || (trimap.algorithm == nil && !isDefault) ? try store.model(options.model) : nil
        let isSolver = model?.card.kind == .trimap
        var mask: (any MattingNetwork)?
        if makesMask, let model {
            mask = try make(isSolver ? try store.model(ModelCatalog.defaultModel) : model)
        }
        let trimaps = try JobTrimaps(
            trimap, decoding: options.decoding, frameRate: frameRate, isPart: isPart, isCancelled: isCancelled,
            notice: notice
        ).open(mask: mask)
        if let model, isSolver, trimap.algorithm == nil {
            network = try make(model, trimaps)
            name = model.card.name
            return
        }
        if let model, !makesMask {
            notice("model \(model.card.name) takes no trimap and is not used; closed-form matting does the work")
        }
        let algorithm = trimap.algorithm ?? .closedForm
        network = TrimapMatter(trimaps, algorithm: algorithm)
        name = algorithm.rawValue
    }
}
