public import Frames
internal import Pixels

/// Lays a plate under pictures of a camera that moves a little, for networks that take the plate as an input. Used by one
/// thread at a time.
public final class PlateTracker {
    public let plate: CleanPlate
    private var estimator: PoseEstimator?
    private var size: Size?
    private var pose: Homography?

    public init(_ plate: CleanPlate) { self.plate = plate }

    /// To be called where a new shot begins.
    public func reset() { pose = nil }

    /// Where the camera was in the last picture, as numbers for a file; empty where it is not known.
    public var memory: [Float] { pose?.values.map { Float($0) } ?? [] }

    /// - Returns: false where it is no such memory.
    public func recall(_ memory: [Float]) -> Bool {
        guard memory.isEmpty || memory.count == 8, memory.allSatisfy(\.isFinite) else { return false }
        pose = memory.isEmpty ? nil : Homography(values: memory.map { Double($0) })
        return true
    }

    /// - Parameter picture: R'G'B' of the plate's aspect.
    /// - Returns: R'G'B' of the picture's size: the plate as this picture's camera sees it, or as it is where no pose is
    ///   found.
    public func plate(under picture: FloatImage) -> FloatImage {
        let whole = plate.picture.resized(to: picture.size, filter: .area)
        let small = WorkingScale.size(for: picture.size)
        guard WorkingScale.isEnough(small) else { return whole }
        if size != picture.size || estimator == nil {
            estimator = PoseEstimator(
                plate: plate.picture.resized(to: small, filter: .area),
                known: plate.known.resized(to: small, filter: .area))
            size = picture.size
            pose = nil
        }
        // Nobody knows yet where the subject is: to the registration it is an outlier.
        let everything = FloatImage.filled(1, size: small, channels: 1)
        let seen = picture.resized(to: small, filter: .area)
        pose = estimator?.pose(of: seen, background: everything, from: pose)?.rounded
        return pose.map { $0.moves(small) ? whole.seen(from: $0) : whole } ?? whole
    }
}

extension FloatImage {
    /// The picture as a camera at `pose` would have taken it, its edges repeated.
    fileprivate func seen(from pose: Homography) -> FloatImage {
        let count = size.pixelCount
        let (width, height) = (Float(size.width - 1), Float(size.height - 1))
        let columns = size.width
        let map = PixelMap(pose, size: size)
        let sampler = BilinearSampler(self)
        let channels = channels
        return withExtendedLifetime(self) {
            FloatImage.computed(size, channels: channels) { pixels, out in
                for i in pixels {
                    let place = map(i % columns, i / columns)
                    guard let tap = sampler.tap(min(max(place.x, 0), width), min(max(place.y, 0), height)) else {
                        continue
                    }
                    for channel in 0..<channels { out[channel * count + i] = sampler.value(tap, channel) }
                }
            }
        }
    }
}
