public import Frames
internal import Graphs
public import Inference
public import Models
public import Plates

/// Makes the network a model card describes.
public enum MattingNetworks {
    /// Reads the model's file, checks its SHA-256, and loads exactly these bytes.
    ///
    /// - Parameters:
    ///   - ratio: how much smaller the network works than the picture is, above 0 to 1; nil for 512 pixels along the
    ///     longer side. Recurrent models only.
    ///   - trimaps: for models of kind trimap, which cannot do without.
    ///   - plate: the empty room, for models of kind plate, which cannot do without.
    ///   - plateFollows: whether such a model may be made without, and be given one before its first picture.
    ///   - notice: told of a fall-back to the CPU or to another engine, of a graph that is run as it is because it is
    ///     not the expected one, and of a damaged copy of the cut graph.
    /// - Throws: `.usage` for a bad ratio, engine, device or number of threads; `.missingPart` for a library, device or
    ///   file that is not there; `.badInput` for a damaged file or one that does not fit its card.
    public static func make(
        model: InstalledModel, inference: InferenceOptions = .init(), ratio: Double? = nil,
        trimaps: TrimapSequence? = nil, plate: CleanPlate? = nil, plateFollows: Bool = false,
        notice: NoticeHandler = { _ in }
    ) throws -> any MattingNetwork {
        try make(
            model: model, inference: inference, ratio: ratio, trimaps: trimaps, plate: plate,
            plateFollows: plateFollows, cutsGraph: true, notice: notice)
    }

    /// - Parameter cutsGraph: false to run the published graph of a recurrent network whole, as a reference.
    package static func make(
        model: InstalledModel, inference: InferenceOptions, ratio: Double?, trimaps: TrimapSequence? = nil,
        plate: CleanPlate? = nil, plateFollows: Bool = false, cutsGraph: Bool, notice: NoticeHandler
    ) throws -> any MattingNetwork {
        if let ratio, !(ratio > 0 && ratio <= 1) {
            throw MatteError(.usage, "a ratio of \(ratio) cannot be used", advice: "choose one above 0 and up to 1")
        }
        let card = model.card
        let engine = try Engines.make(for: inference, notice: notice)
        let findings = inference.findings.map { SealedFolder($0) }
        func sayIgnored() {
            if ratio != nil { notice("model \(card.name) takes no ratio; it is ignored") }
        }
        func session(_ source: ModelSource) throws -> any InferenceSession {
            try engine.makeSession(source, options: inference, notice: notice)
        }
        if card.kind == .recurrent, cutsGraph, let cut = try model.cutGraph(notice) {
            do {
                let loaded =
                    try findings.map { try session(.shared(model.sharedCutGraph($0))) }
                    ?? cut.bytes.withUnsafeBytes { try session(.bytes($0, name: model.path)) }
                return try RecurrentNetwork(card: card, session: loaded, ratio: ratio, cut: cut)
            } catch let error as MatteError where error.kind == .badInput {
                // If the graph itself is at fault, the next attempt says so in its own names.
                notice(card.runsWhole(because: error.message))
            }
        }
        func wholeSession() throws -> any InferenceSession {
            try findings.map { try session(.shared(model.shared($0))) }
                ?? model.withVerifiedBytes { try session(.bytes($0, name: model.path)) }
        }
        switch card.kind {
        case .recurrent:
            return try RecurrentNetwork(card: card, session: wholeSession(), ratio: ratio)
        case .portrait:
            sayIgnored()
            return try PortraitNetwork(card: card, session: wholeSession())
        case .saliency:
            sayIgnored()
            return try SaliencyNetwork(card: card, session: wholeSession())
        case .plate:
            sayIgnored()
            guard plateFollows || plate != nil else { throw BackgroundNetwork.missingPlate(card) }
            return try BackgroundNetwork(card: card, session: wholeSession(), plate: plate)
        case .trimap:
            sayIgnored()
            guard let trimaps else {
                throw MatteError(
                    .usage, "model \(card.name) needs a trimap",
                    advice: "give one with --trimap, --strokes or --trimap-from-mask")
            }
            let solver = try TrimapNetwork(card: card, session: wholeSession())
            return TrimapMatter(trimaps, solver: solver, engine: solver.engineName, device: solver.deviceName)
        }
    }
}

extension InstalledModel {
    /// The model's graph without its full-resolution ends: kept beside the file, or made of it. Nil, and a notice, where
    /// it is another graph.
    fileprivate func cutGraph(_ notice: NoticeHandler) throws -> RecurrentGraph? {
        do {
            return try cut(notice)
        } catch let reason as GraphMisfit {
            notice(card.runsWhole(because: reason.description))
            return nil
        }
    }

    private func cut(_ notice: NoticeHandler) throws -> RecurrentGraph {
        let ports = try card.cutPorts()
        return try RecurrentGraph(
            saved: try derived(ports.recipe, notice: notice) { bytes in
                try RecurrentGraph(cutting: bytes, ports: ports).saved
            })
    }

    /// The file as it is, for processes that tell each other of it.
    fileprivate func shared(_ findings: SealedFolder) -> SharedModel {
        SharedModel(name: path, identity: card.sha256, findings: findings) {
            try withVerifiedBytes { [UInt8]($0)[...] }
        }
    }

    /// The same of the cut graph.
    fileprivate func sharedCutGraph(_ findings: SealedFolder) throws -> SharedModel {
        SharedModel(name: path, identity: "\(card.sha256)\n\(try card.cutPorts().recipe)", findings: findings) {
            try cut { _ in }.bytes
        }
    }
}

extension RecurrentGraph.Ports {
    /// All that decides what is cut out of a file.
    fileprivate var recipe: String {
        (["cut \(RecurrentGraph.version)"] + [picture, ratio, alpha, foreground]).joined(separator: "\n")
    }
}

extension SealedFolder: SharedFindings {}

extension ModelCard {
    fileprivate func runsWhole(because reason: String) -> String {
        "model \(name) is run whole, which takes longer: \(reason)"
    }

    fileprivate func cutPorts() throws(GraphMisfit) -> RecurrentGraph.Ports {
        guard let picture = ports.picture, let ratio = ports.ratio, let alpha = ports.alpha,
            let foreground = ports.foreground
        else { throw GraphMisfit("its card does not name picture, ratio, alpha and foreground") }
        // An affine matte speaks of the picture as it is.
        guard normalisation == .none else { throw GraphMisfit("its card normalises the picture") }
        return .init(picture: picture, ratio: ratio, alpha: alpha, foreground: foreground)
    }
}
