public import Frames
public import Inference
public import Models
internal import Pixels
internal import Trimaps

/// A network compared with its card: whether names, shapes, ranges and normalisation fit, and what it makes of a picture.
public struct NetworkCheck: Sendable {
    public enum Verdict: String, Sendable {
        case fits = "ok"
        /// It runs, and may be meant so.
        case doubt
        /// It cannot be used like this.
        case misfit = "wrong"
    }

    public struct Finding: Sendable, Hashable {
        public let verdict: Verdict
        /// One sentence without a full stop.
        public let words: String
    }

    /// "onnxruntime 1.31.1".
    public let engineName: String
    /// "cpu".
    public let deviceName: String
    /// As the file declares them: "input: float32 [1, 3, ?, ?]".
    public let inputs: [String]
    public let outputs: [String]
    public let findings: [Finding]
    /// The picture, its alpha, and the subject before green, side by side; nil where the network could not be run.
    public let sheet: Frame?

    public var fits: Bool { !findings.contains { $0.verdict == .misfit } }

    /// Loads the model's file, if its SHA-256 is the card's, and tries it.
    ///
    /// - Parameter picture: what is matted; nil for a drawn person. Models of kind trimap and plate always take that one,
    ///   since its trimap and its room are known.
    /// - Throws: what keeps the check from being made: a missing file or engine, a file that is no network.
    public static func run(
        model: InstalledModel, inference: InferenceOptions = .init(), picture: Frame? = nil,
        notice: NoticeHandler = { _ in }
    ) throws -> NetworkCheck {
        let engine = try Engines.make(for: inference, notice: notice)
        let session = try model.withVerifiedBytes {
            try engine.makeSession(.bytes($0, name: model.path), options: inference, notice: notice)
        }
        let drawn = picture == nil || [.trimap, .plate].contains(model.card.kind)
        let frame = drawn ? TrialPicture.frame() : picture ?? TrialPicture.frame()
        var findings: [Finding] = []
        var matte: DenseMatte?
        do {
            let ports = try NetworkPorts(card: model.card, session: session)
            findings.append(.names(ports, session))
            matte =
                switch model.card.kind {
                case .recurrent: try tryRecurrent(model.card, session, frame, &findings)
                case .plate: try tryPlate(model.card, session, frame, &findings)
                case .portrait, .saliency, .trimap: try tryFramewise(model.card, session, frame, &findings)
                }
        } catch let error as MatteError where error.kind == .badInput {
            findings.append(Finding(verdict: .misfit, words: "\(error)"))
        }
        return NetworkCheck(
            engineName: session.engineName, deviceName: session.deviceName,
            inputs: session.inputs.map(\.description), outputs: session.outputs.map(\.description),
            findings: findings, sheet: try matte.map { try Self.sheet($0) })
    }

    private static func tryRecurrent(
        _ card: ModelCard, _ session: any InferenceSession, _ frame: Frame, _ findings: inout [Finding]
    ) throws -> DenseMatte {
        let network = try RecurrentNetwork(card: card, session: session, ratio: nil)
        // The second run shows whether the states fit that the first one gave.
        _ = try network.matte(frame)
        let matte = try network.matte(frame).dense(for: frame)
        findings.append(.sizes(picture: frame.size, network: frame.size, alpha: matte.alpha.size))
        findings.append(.range(of: matte.alpha, card.activation))
        return matte
    }

    private static func tryPlate(
        _ card: ModelCard, _ session: any InferenceSession, _ frame: Frame, _ findings: inout [Finding]
    ) throws -> DenseMatte {
        let network = try BackgroundNetwork(card: card, session: session, plate: TrialPicture.plate())
        let matte = try network.matte(frame).dense(for: frame)
        findings.append(.range(of: matte.alpha, card.activation))
        return matte
    }

    private static func tryFramewise(
        _ card: ModelCard, _ session: any InferenceSession, _ frame: Frame, _ findings: inout [Finding]
    ) throws -> DenseMatte {
        let trial = try FramewiseTrial(card, session, frame)
        findings.append(.sizes(picture: frame.size, network: trial.size, alpha: trial.raw.size))
        findings.append(.range(of: trial.raw, card.activation))
        findings.append(try trial.normalisation())
        return try trial.matte()
    }

    private static func sheet(_ matte: DenseMatte) throws -> Frame {
        let foreground =
            matte.foreground ?? ForegroundEstimation().foreground(of: matte.picture, alpha: matte.alpha)
        let composite = foreground.over(color: [0.47, 1, 0.61], alpha: matte.alpha)
        let white = FloatImage.filled(1, size: matte.alpha.size, channels: 3)
        let sheet = matte.picture.beside(white.multiplied(by: matte.alpha)).beside(composite)
        let writer = FrameWriter(pool: FramePool(size: sheet.size, format: .rgb24), color: .sRGB)
        return try writer.write(sheet, timestamp: Timestamp(ticks: 0, timeBase: Rational(1, 25)))
    }
}
