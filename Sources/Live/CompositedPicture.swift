import Compositing
import Frames

/// A camera picture that has gone behind its own matte. Besides the standby card, this is all that can be written.
///
/// Only `LivePicture.composited(with:over:)` makes one, from a picture and the matte that the network made of it.
struct CompositedPicture: Sendable {
    let frame: Frame
    let capturedSeconds: Double

    fileprivate init(frame: Frame, capturedSeconds: Double) {
        self.frame = frame
        self.capturedSeconds = capturedSeconds
    }
}

typealias Show = LiveShow<CompositedPicture>

/// A camera picture on its way to the network, with the ticket of the moment when it was taken.
struct LivePicture: Sendable {
    /// With the moment of its capture as time stamp.
    let captured: Frame
    let ticket: Show.Ticket

    /// A camera picture and its own matte.
    struct Matted: Sendable {
        fileprivate let matted: MattedFrame
        let capturedSeconds: Double
        let ticket: Show.Ticket
        /// What a background has to know.
        var forBackground: MattedFrame { matted }

        /// - Throws: where the matte does not fit the picture.
        func composited(with compositor: Compositor, over layer: BackgroundLayer) throws -> CompositedPicture {
            CompositedPicture(frame: try compositor.render(matted, over: layer), capturedSeconds: capturedSeconds)
        }
    }

    func with(_ matted: MattedFrame) -> Matted {
        Matted(matted: matted, capturedSeconds: captured.timestamp.seconds, ticket: ticket)
    }
}
