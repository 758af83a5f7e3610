import FFmpeg
import Frames

/// Frames and packets of one input from where it stands, without any cutting.
protocol FrameFeed: AnyObject {
    /// Nil at the end.
    func next() throws -> DecodedItem?
    /// Packets and pictures lost so far.
    var damagedPackets: Int { get }
    /// How the last frame was turned to stand upright.
    var orientation: Orientation { get }
    /// What the last frame carried beside its pixels.
    var properties: PictureProperties? { get }
}
