public import Frames
public import Inference
public import Models

/// Makes the network a model card describes.
public enum MattingNetworks {
    /// Reads the model's file, checks its SHA-256, and loads exactly these bytes.
    ///
    /// - Parameters:
    ///   - ratio: how much smaller the network works than the picture is, above 0 to 1; nil for 512 pixels along the
    ///     longer side. Recurrent models only.
    ///   - notice: told of a fall-back to the CPU, or to another engine.
    /// - Throws: `.usage` for a bad ratio, engine, device or number of threads; `.missingPart` for a library, device or
    ///   file that is not there; `.badInput` for a damaged file or one that does not fit its card.
    public static func make(
        model: InstalledModel, inference: InferenceOptions = .init(), ratio: Double? = nil,
        notice: NoticeHandler = { _ in }
    ) throws -> any MattingNetwork {
        if let ratio, !(ratio > 0 && ratio <= 1) {
            throw MatteError(.usage, "a ratio of \(ratio) cannot be used", advice: "choose one above 0 and up to 1")
        }
        let engine = try Engines.make(for: inference, notice: notice)
        let session = try model.withVerifiedBytes { bytes in
            try engine.makeSession(.bytes(bytes, name: model.path), options: inference, notice: notice)
        }
        return try make(card: model.card, session: session, ratio: ratio, notice: notice)
    }

    static func make(
        card: ModelCard, session: any InferenceSession, ratio: Double?, notice: NoticeHandler
    ) throws -> any MattingNetwork {
        switch card.kind {
        case .recurrent:
            return try RecurrentNetwork(card: card, session: session, ratio: ratio)
        case .portrait:
            if ratio != nil { notice("model \(card.name) takes no ratio; it is ignored") }
            return try PortraitNetwork(card: card, session: session)
        }
    }
}
