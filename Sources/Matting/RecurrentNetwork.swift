public import Frames
internal import Graphs
internal import Inference
internal import Models
internal import Pixels

/// A network that carries state from picture to picture: Robust Video Matting (Lin et al., WACV 2022,
/// arXiv:2108.11515).
///
/// Its graph is run without its full-resolution ends where it is the published one, and then gives affine mattes; any
/// other graph with its inputs and outputs is run as it is, and gives dense ones. The state goes from one run into the
/// next as the engine made it, without a copy, and so do the results into the matte. Used by one thread at a time;
/// mattes may cross threads.
public final class RecurrentNetwork: AdjustableNetwork {
    private let session: any InferenceSession
    private let ports: NetworkPorts
    private let card: ModelCard
    private let isCut: Bool
    private let reader = FrameReader(pool: FloatPool())
    private let pool = FloatPool()
    private var state: RecurrentState
    private var size: Size?

    public var ratio: Double? {
        didSet { if ratio != oldValue { size = nil } }
    }
    public var carriesState: Bool { true }
    public var engineName: String { session.engineName }
    public var deviceName: String { session.deviceName }

    /// - Parameter cut: the graph in `session`, where it is not the published one.
    init(card: ModelCard, session: any InferenceSession, ratio: Double?, cut: RecurrentGraph? = nil) throws {
        self.session = session
        self.ratio = ratio
        isCut = cut != nil
        var card = card
        if let cut {
            card.ports.picture = cut.picture
            card.ports.ratio = nil
            card.ports.foreground = cut.slope
            card.ports.alpha = cut.offset
        }
        self.card = card
        ports = try NetworkPorts(card: card, session: session)
        state = RecurrentState(ports.states, of: session)
    }

    public func reset() { state.reset() }

    public var memory: NetworkMemory { NetworkMemory(size: size, states: state.values) }

    public func recall(_ memory: NetworkMemory) throws {
        guard state.restore(memory.states) else {
            throw MatteError(
                .badInput, "a state of other shapes was kept than model \(card.name) has", advice: "begin anew")
        }
        size = memory.size
    }

    public func ratio(for size: Size) -> Double { Double(Self.ratio(ratio, for: size)) }

    public func matte(_ frame: Frame) throws -> Matte {
        try frame.checkHasPixels()
        let ratio = Self.ratio(ratio, for: frame.size)
        return isCut ? try affineMatte(frame, ratio: ratio) : try denseMatte(frame, ratio: ratio)
    }

    private func affineMatte(_ frame: Frame, ratio: Float) throws -> Matte {
        let sampled = NetworkSampler.sample(frame, ratio: ratio, pool: pool)
        let picture = sampled.padded(to: padding(of: sampled.size))
        let results = try run(
            [(ports.picture.name, Tensor(picture))], of: frame.size,
            results: [ports.foreground, ports.alpha].compactMap { $0 })
        let slope = try image(results[0], channels: 4, size: picture.size).cropped(x: 0, y: 0, to: sampled.size)
        let offset = try image(results[1], channels: 4, size: picture.size).cropped(x: 0, y: 0, to: sampled.size)
        return .affine(AffineMatte(slope: slope, offset: offset, pictureSize: frame.size))
    }

    /// The graph halves the picture three times by averaging pairs of pixels. ONNX Runtime makes do with half a pair; an
    /// engine that looks at the shapes beforehand refuses, and is given pictures in which there are pairs.
    private func padding(of size: Size) -> Size {
        guard session.isFittedToShapes else { return size }
        return Size(width: max(size.width, 8), height: max(size.height, 8))
    }

    private func denseMatte(_ frame: Frame, ratio: Float) throws -> Matte {
        let picture = reader.read(frame)
        var inputs = [(name: ports.picture.name, tensor: Tensor(picture.normalised(card.normalisation, pool: pool)))]
        if let name = ports.ratio { inputs.append((name, Tensor(shape: [1], values: [ratio]))) }
        let results = try run(inputs, of: frame.size, results: [ports.alpha] + [ports.foreground].compactMap { $0 })
        let alpha = try image(results[0], channels: 1, size: picture.size)
        let foreground = try ports.foreground.map { _ in try image(results[1], channels: 3, size: picture.size) }
        return .dense(DenseMatte(picture: picture, alpha: alpha, foreground: foreground))
    }

    /// One run with the state, which is then the new one, for a picture of `size`.
    private func run(
        _ inputs: [(name: String, tensor: Tensor)], of size: Size, results: [String]
    ) throws -> [Tensor] {
        if size != self.size {
            state.reset(besides: inputs)
            self.size = size
        }
        let outputs = try session.run(inputs: inputs + state.inputs, outputs: results + state.outputNames)
        state.advance(to: outputs[results.count...])
        return Array(outputs[..<results.count])
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
