import Dispatch
import Frames
import Live
import Matting
import Pixels
import TestSupport

/// A network that finds the blue column, and that shows the whole room whenever it is asked before it has settled, or
/// with the memory of another opening of the camera.
final class FakeNetwork: AdjustableNetwork {
    /// What goes wrong, and what was seen; one for all networks of a test.
    struct Faults: Sendable {
        enum Kind: CaseIterable, Sendable { case none, throwing, wrongSize, notNumbers }

        var kind = Kind.none
        var refusesToLoad = 0
        var sleepSeconds = 0.0
        var loads = 0
        var resets = 0
    }

    static let settlingPictures = 4

    let carriesState = true
    let engineName = "fake"
    let deviceName = "none"
    var ratio: Double?
    private let faults: Protected<Faults>
    private var seen = 0
    private var generation: Int?
    private var isMirrored: Bool?

    init(_ faults: Protected<Faults>) throws {
        self.faults = faults
        try faults.withLock { faults in
            if faults.refusesToLoad > 0 {
                faults.refusesToLoad -= 1
                throw MatteError(.internal, "the network cannot be loaded")
            }
            faults.loads += 1
        }
    }

    func reset() {
        (seen, generation, isMirrored) = (0, nil, nil)
        faults.withLock { $0.resets += 1 }
    }

    func ratio(for size: Size) -> Double { ratio ?? 1 }

    func matte(_ frame: Frame) throws -> Matte {
        let faults = faults.withLock { $0 }
        if faults.sleepSeconds > 0 {
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + faults.sleepSeconds)
        }
        if faults.kind == .throwing { throw MatteError(.internal, "the network has failed") }
        let picture = FrameReader().read(frame)
        let (left, right) = (picture.value(1, 0, 0), picture.value(1, Room.size.width - 1, 0))
        let stamp = Int((max(left, right) * 255).rounded())
        seen += 1
        let isConfused = generation.map { $0 != stamp } ?? false || isMirrored.map { $0 != (right > left) } ?? false
        (generation, isMirrored) = (generation ?? stamp, isMirrored ?? (right > left))
        // Nobody takes an empty room for a person.
        let hasPerson = picture.withChannel(2) { $0.contains { $0 > 0.5 } }
        let revealsAll = hasPerson && (seen <= Self.settlingPictures || isConfused)
        let size = faults.kind == .wrongSize ? Size(width: 8, height: 8) : picture.size
        let alpha = FloatImage(size: size, channels: 1) { floats in
            for index in floats.indices {
                let (x, y) = (index % size.width, index / size.width)
                let isPerson = size == picture.size && picture.value(2, x, y) > 0.5
                floats[index] = faults.kind == .notNumbers ? .nan : revealsAll || isPerson ? 1 : 0
            }
        }
        return .dense(DenseMatte(picture: picture, alpha: alpha, foreground: picture))
    }
}
