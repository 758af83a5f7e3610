public import Frames
internal import Inference
internal import Models
internal import Pixels
public import Plates

/// A network that is given the room's picture beside the frame: Background Matting V2 (Lin et al., CVPR 2021,
/// arXiv:2012.07810). The plate is laid under each frame first. Used by one thread at a time.
public final class BackgroundNetwork: RoomNetwork {
    private let session: any InferenceSession
    private let card: ModelCard
    private let ports: NetworkPorts
    private let platePort: TensorDescription
    private var tracker: PlateTracker?
    private let reader = FrameReader(pool: FloatPool())
    private let pool = FloatPool()
    private let platePool = FloatPool()
    private let alphaPool = FloatPool()
    private let foregroundPool = FloatPool()
    private var size: Size?

    /// Only the camera's pose goes from frame to frame; there is nothing to warm up.
    public var carriesState: Bool { false }
    public var engineName: String { session.engineName }
    public var deviceName: String { session.deviceName }
    public var plate: CleanPlate? {
        get { tracker?.plate }
        set { tracker = newValue.map { PlateTracker($0) } }
    }

    init(card: ModelCard, session: any InferenceSession, plate: CleanPlate?) throws {
        self.session = session
        self.card = card
        ports = try NetworkPorts(card: card, session: session)
        guard let platePort = ports.plate else {
            throw MatteError(
                .badInput, "the card of model \(card.name) names no input for the plate",
                advice: "add 'plate' to its 'inputs'")
        }
        self.platePort = platePort
        tracker = plate.map { PlateTracker($0) }
    }

    public func reset() { tracker?.reset() }

    public var memory: NetworkMemory {
        let own = tracker?.memory ?? []
        return own.isEmpty
            ? NetworkMemory() : NetworkMemory(size: size, states: [.init(shape: [own.count], values: own)])
    }

    public func recall(_ memory: NetworkMemory) throws {
        guard try known().recall(memory.states.first?.values ?? []) else {
            throw MatteError(.badInput, "a checkpoint is damaged", advice: "begin anew")
        }
    }

    private func known() throws -> PlateTracker {
        guard let tracker else { throw Self.missingPlate(card) }
        return tracker
    }

    static func missingPlate(_ card: ModelCard) -> MatteError {
        MatteError(
            .usage, "model \(card.name) needs a picture of the empty room", advice: "give one with --plate FILE")
    }

    public func matte(_ frame: Frame) throws -> Matte {
        let tracker = try known()
        try frame.checkHasPixels()
        size = frame.size
        let picture = reader.read(frame)
        let policy = card.size.networkSize(for: picture.size)
        let size = Size(
            width: ports.picture.shape[3] ?? policy.width, height: ports.picture.shape[2] ?? policy.height)
        let room = tracker.plate(under: picture)
        let inputs = [
            (ports.picture.name, Tensor(picture.brought(to: size).normalised(card.normalisation, pool: pool))),
            (platePort.name, Tensor(room.brought(to: size).normalised(card.normalisation, pool: platePool))),
        ]
        let results = try session.run(
            inputs: inputs, outputs: [ports.alpha] + [ports.foreground].compactMap { $0 })
        let alpha = try image(results[0], channels: 1, size: size)
        let foreground = try ports.foreground.map { _ in try image(results[1], channels: 3, size: size) }
        return .dense(
            DenseMatte(
                picture: picture, alpha: alpha.brought(to: picture.size).clamped(pool: alphaPool),
                foreground: foreground.map { $0.brought(to: picture.size).clamped(pool: foregroundPool) }))
    }

    private func image(_ tensor: Tensor, channels: Int, size: Size) throws -> FloatImage {
        guard let image = FloatImage(tensor), image.size == size, image.channels == channels else {
            throw MatteError(
                .badInput, "model \(card.name) gave a result of shape \(tensor.shape) for a picture of \(size)",
                advice: "look at 'kind', 'outputs' and 'size' of its card")
        }
        return image
    }
}
