import Frames
import Matting
import Pixels
import Plates

/// Makes a clean plate of the camera's pictures of about a second. Used by one thread at a time.
struct PlateTaker {
    /// Fewer take neither noise nor a moving curtain away.
    private static let leastPictures = 8
    /// The part of the picture that a person covers at least; what a network sees in empty rooms is less.
    private static let leastPerson: Float = 0.01

    let order: PlateOrder
    private let reader = FrameReader()
    private var builder = PlateBuilder()
    private var pictures = 0
    private var last: Frame?
    private var cameraSize: Size?
    private var firstSeconds = 0.0

    init(_ order: PlateOrder) { self.order = order }

    /// Takes a picture; those from before the order's time are passed over.
    ///
    /// - Parameters:
    ///   - frame: brought to the output's size, and not mirrored.
    ///   - cameraSize: of the picture as it was captured.
    /// - Returns: whether there are enough.
    mutating func add(_ frame: Frame, cameraSize: Size) -> Bool {
        let seconds = frame.timestamp.seconds
        guard seconds >= order.sinceSeconds else { return false }
        if cameraSize != self.cameraSize {
            (builder, pictures, firstSeconds) = (PlateBuilder(), 0, seconds)
            self.cameraSize = cameraSize
        }
        if builder.wantsNext { builder.add(reader.read(frame)) } else { builder.skip() }
        pictures += 1
        last = frame
        return pictures >= Self.leastPictures && seconds - firstSeconds >= order.lastsSeconds
    }

    /// The median of the pictures.
    ///
    /// - Parameter network: which is asked whether anybody is in it; its state is lost. One that knows the room by a plate
    ///   is given this one, and sees somebody who moves, but not who stands still.
    /// - Throws: `.badInput` for a plate with a person in it, and what the network throws.
    func plate(seenBy network: TimedNetwork) throws -> LivePlate {
        guard let plate = builder.plate(), let last, let cameraSize else {
            throw MatteError(.internal, "a plate was to be made of no pictures")
        }
        network.room?.plate = plate
        // Of somebody who walks about the median keeps little that a network would know.
        let seen = [try network.subject(of: last), try network.subject(of: plate.picture)]
        guard seen.allSatisfy({ $0.share(above: 0.5) < Self.leastPerson }) else {
            throw MatteError(
                .badInput, "somebody is still in the picture, so no plate was taken",
                advice: "step out of the camera's view, then ask again")
        }
        return LivePlate(captured: plate, keep: order.keep, cameraSize: cameraSize)
    }
}
