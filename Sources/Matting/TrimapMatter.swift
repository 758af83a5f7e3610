public import Frames
internal import Pixels
public import Trimaps

/// Mattes pictures by trimaps: each picture's trimap comes from files, from what another network makes of the picture, or
/// from both. Used by one thread at a time.
public final class TrimapMatter: MattingNetwork {
    private let trimaps: TrimapSequence
    private let solver: any AlphaSolver
    private let names: (engine: String, device: String)
    private let reader = FrameReader(pool: FloatPool())

    public var carriesState: Bool { trimaps.mask?.carriesState ?? false }
    public var engineName: String { names.engine }
    public var deviceName: String { names.device }

    /// - Parameters:
    ///   - solver: finds alpha where the trimap leaves it open.
    ///   - engine: what the solver runs on, for reports.
    init(_ trimaps: TrimapSequence, solver: any AlphaSolver, engine: String, device: String) {
        self.trimaps = trimaps
        self.solver = solver
        names = (engine, device)
    }

    /// By a method that needs no network.
    public convenience init(_ trimaps: TrimapSequence, algorithm: MattingAlgorithm) {
        self.init(trimaps, solver: algorithm.makeSolver(), engine: "built-in", device: "cpu")
    }

    public func reset() { trimaps.mask?.reset() }

    public var memory: NetworkMemory { trimaps.mask?.memory ?? NetworkMemory() }
    public func recall(_ memory: NetworkMemory) throws { try trimaps.mask?.recall(memory) }

    /// Trimaps of files go with the pictures one by one, so none is taken here.
    public func warmUp(_ frame: Frame) throws { try trimaps.mask?.warmUp(frame) }

    public func matte(_ frame: Frame) throws -> Matte {
        try frame.checkHasPixels()
        let trimap = try trimaps.next(for: frame)
        let picture = reader.read(frame)
        let alpha =
            trimap.count(.unknown) == 0 ? trimap.picture() : try solver.alpha(of: picture, trimap: trimap)
        return .dense(DenseMatte(picture: picture, alpha: alpha, foreground: nil))
    }
}
