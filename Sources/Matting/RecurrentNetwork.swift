public import Frames
internal import Inference
internal import Models
internal import Pixels

/// A network that carries state from picture to picture: Robust Video Matting (Lin et al., WACV 2022,
/// arXiv:2108.11515), as its published ONNX graph.
///
/// The state goes from one run into the next as the engine made it, without a copy, and so do the results into the
/// matte. Used by one thread at a time; mattes may cross threads.
public final class RecurrentNetwork: MattingNetwork {
    private let session: any InferenceSession
    private let ports: NetworkPorts
    private let card: ModelCard
    private let ratio: Double?
    private let reader = FrameReader(pool: FloatPool())
    private let pool = FloatPool()
    private var state: RecurrentState
    private var size: Size?

    public var carriesState: Bool { true }
    public var engineName: String { session.engineName }
    public var deviceName: String { session.deviceName }

    init(card: ModelCard, session: any InferenceSession, ratio: Double?) throws {
        self.session = session
        self.card = card
        self.ratio = ratio
        ports = try NetworkPorts(card: card, session: session)
        state = RecurrentState(ports.states, of: session)
    }

    public func reset() { state.reset() }

    public func matte(_ frame: Frame) throws -> Matte {
        guard frame.size.pixelCount > 0 else {
            throw MatteError(.badInput, "a picture of \(frame.size) cannot be matted")
        }
        let picture = reader.read(frame)
        var inputs = [(name: ports.picture.name, tensor: Tensor(picture.normalised(card.normalisation, pool: pool)))]
        if let name = ports.ratio {
            inputs.append((name, Tensor(shape: [1], values: [Self.ratio(ratio, for: picture.size)])))
        }
        if picture.size != size {
            state.reset(besides: inputs)
            size = picture.size
        }
        let results = [ports.alpha] + [ports.foreground].compactMap { $0 }
        let outputs = try session.run(inputs: inputs + state.inputs, outputs: results + state.outputNames)
        let alpha = try image(outputs[0], channels: 1, size: picture.size)
        let foreground = try ports.foreground.map { _ in try image(outputs[1], channels: 3, size: picture.size) }
        state.advance(to: outputs[results.count...])
        return .dense(DenseMatte(picture: picture, alpha: alpha, foreground: foreground))
    }

    private func image(_ tensor: Tensor, channels: Int, size: Size) throws -> FloatImage {
        guard let image = FloatImage(tensor), image.size == size, image.channels == channels else {
            throw MatteError(
                .badInput, "model \(card.name) gave a result of shape \(tensor.shape) for a picture of \(size)",
                advice: "look at 'kind' and 'outputs' of its card")
        }
        return image
    }

    /// How much smaller the network works than the picture is: 512 pixels along the longer side unless said otherwise
    /// (the paper's advice), and never so small that a side of the small picture vanishes, which the graph refuses.
    package static func ratio(_ ratio: Double?, for size: Size) -> Float {
        let wanted = Float(ratio ?? min(512 / Double(size.longerSide), 1))
        let shorter = Float(min(size.width, size.height))
        var least = 1 / shorter
        if shorter * least < 1 { least = least.nextUp }
        return min(max(wanted, least), 1)
    }
}
