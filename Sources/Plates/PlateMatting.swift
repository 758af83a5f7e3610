public import Frames
internal import Pixels

/// Makes a model's mattes better with a clean plate, frame by frame. Used by one thread at a time.
///
/// The plate is laid under the frame (a homography that is found on the background, then small local offsets), brought to
/// its exposure, and compared with it. How well it fits the background decides how far it is believed: where it does not
/// fit at all, the model's matte comes back as it is. A reset forgets where the camera was.
///
/// A plate that was put together from the clip itself is weaker evidence than one that somebody photographed: a thing that
/// was moved in the meantime differs from it twice, where it is and where it was. So it says where the model's edges lie,
/// and not what there is: it takes nothing in and cuts no holes.
public final class PlateMatting {
    private let plate: CleanPlate
    private let keep: PlateKeep
    private var aligner: PlateAligner?
    /// How far the plate was believed in the last frame, 0…1.
    public private(set) var confidence: Float = 0

    public init(plate: CleanPlate, keep: PlateKeep) {
        self.plate = plate
        self.keep = keep
    }

    /// To be called where a new shot begins.
    public func reset() { aligner = nil }

    /// What goes from one frame to the next, as numbers for a file; empty at the beginning of a shot.
    public var memory: [Float] {
        aligner?.memory ?? []
    }

    /// Goes on from what `memory` was after an earlier frame of `size`.
    ///
    /// - Returns: false where it is no such memory.
    public func recall(_ memory: [Float], for frameSize: Size) -> Bool {
        guard !memory.isEmpty else {
            reset()
            return true
        }
        let aligner = PlateAligner(plate, size: WorkingScale.size(for: frameSize))
        guard aligner.recall(memory) else { return false }
        self.aligner = aligner
        return true
    }

    /// - Parameters:
    ///   - matte: the model's, for `frame`.
    ///   - frame: of any size with the plate's aspect.
    public func refined(_ matte: Matte, of frame: Frame) -> Matte {
        let size = WorkingScale.size(for: frame.size)
        guard WorkingScale.isEnough(size) else { return matte }
        let picture = Self.workingPicture(frame, size)
        let model = matte.alpha(of: picture)
        let aligner = aligner.flatMap { $0.size == size ? $0 : nil } ?? PlateAligner(plate, size: size)
        self.aligner = aligner
        guard let aligned = aligner.aligned(to: picture, model: model) else {
            confidence = 0
            return matte
        }
        confidence = aligned.confidence
        let evidence = PlateEvidence(
            frame: picture, plate: aligned.plate, variance: aligned.variance, model: model,
            known: plate.isUncovered ? Self.outside(of: model, aligned.known) : aligned.known)
        let objects = keep == .objects && !plate.isUncovered ? PlateObjects(evidence) : PlateObjects(noneOf: size)
        guard let window = PictureWindow(around: [model, objects.region], above: 0.01) else { return matte }
        let around = evidence.cut(to: window)
        let solver = PlateSolver(around, objects.cut(to: window))
        let rendering = PlateRendering(around, solver, confidence: aligned.confidence)
        return .affine(rendering.matte(over: matte, in: window, for: frame.size))
    }

    /// How far inside of the model's edges a plate of the clip's own may say something, in pixels of a picture 640 wide.
    private static let edgeReach: Float = 3

    /// What is known but for the model's inside.
    private static func outside(of model: FloatImage, _ known: FloatImage) -> FloatImage {
        let inside = model.smallest(within: WorkingScale.reach(edgeReach, in: model.size), pool: .plates)
        let (deep, before) = (inside.plane(), known.plane())
        return withExtendedLifetime((inside, known)) {
            FloatImage.computed(model.size) { pixels, out in
                for i in pixels { out[i] = deep[i] > 0.5 ? 0 : before[i] }
            }
        }
    }

    /// The frame as R'G'B' at the working size. Up to twice that size two samples per axis are all there are.
    static func workingPicture(_ frame: Frame, _ size: Size) -> FloatImage {
        let isNear = frame.size.width <= 2 * size.width && frame.size.height <= 2 * size.height
        return NetworkSampler.sample(frame, to: size, filter: isNear ? .bilinear : .area, pool: .plates)
    }
}

extension Matte {
    /// Alpha at the size of `picture`, the frame made smaller.
    func alpha(of picture: FloatImage) -> FloatImage {
        switch self {
        case .dense(let dense):
            return dense.alpha.resized(to: picture.size, filter: .area, pool: .plates)
        case .affine(let affine):
            let last = affine.slope.channels - 1
            let slope = affine.slope.channel(last).resized(to: picture.size, filter: .bilinear, pool: .plates)
            let offset = affine.offset.channel(last).resized(to: picture.size, filter: .bilinear, pool: .plates)
            let count = picture.size.pixelCount
            let (slopes, offsets, colors) = (slope.plane(), offset.plane(), picture.plane())
            return withExtendedLifetime((slope, offset, picture)) {
                FloatImage.computed(picture.size) { pixels, out in
                    for i in pixels { out[i] = (colors[i] + colors[count + i] + colors[2 * count + i]) / 3 }
                    for i in pixels { out[i] = (slopes[i] * out[i] + offsets[i]).unit }
                }
            }
        }
    }
}
