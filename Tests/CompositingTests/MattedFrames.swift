import Compositing
import Frames
import Pixels
import TestSupport

/// Frames on their way to the compositor, made from functions of place.
enum MattedFrames {
    static func make(
        picture: FloatImage, alpha: FloatImage, foreground: FloatImage? = nil, seconds: Double = 0,
        sampleAspectRatio: Rational = .unknown
    ) -> MattedFrame {
        let pool = FramePool(size: picture.size, format: .rgb24)
        let time = Timestamp(ticks: Int64((seconds * 90_000).rounded()), timeBase: Rational(1, 90_000))
        let frame = pool.makeBuffer().frame(
            color: .sRGB, timestamp: time, duration: 3000, sampleAspectRatio: sampleAspectRatio)
        return MattedFrame(
            frame: frame, matte: .dense(DenseMatte(picture: picture, alpha: alpha, foreground: foreground)),
            startsShot: false)
    }

    /// One colour all over, with alpha.
    static func flat(_ rgb: [Float], alpha: FloatImage, foreground: [Float]? = nil, seconds: Double = 0) -> MattedFrame
    {
        func picture(_ color: [Float]) -> FloatImage {
            TestPictures.make(alpha.size.width, alpha.size.height, channels: 3) { channel, _, _ in color[channel] }
        }
        return make(
            picture: picture(rgb), alpha: alpha, foreground: picture(foreground ?? rgb), seconds: seconds)
    }
}

extension BackgroundLayer {
    /// The picture, where the layer is one.
    var shownPicture: FloatImage? {
        switch self {
        case .picture(let picture), .soft(let picture): picture
        case .transparent, .color: nil
        }
    }
}

/// A clip whose every frame is one grey, with times of its own.
final class FakeClip: FrameSource {
    struct Shot {
        let ticks: Int64
        let duration: Int64
        let gray: Int
    }

    private let shots: [Shot]
    private var position = 0
    private(set) var framesGiven = 0
    private(set) var rewinds = 0

    init(_ shots: [Shot]) { self.shots = shots }

    func nextFrame() throws -> Frame? {
        guard position < shots.count else { return nil }
        defer { position += 1 }
        framesGiven += 1
        let shot = shots[position]
        return TestPictures.frame(
            Size(width: 2, height: 2), .gray(), color: ColorDescription(range: .full),
            timestamp: Timestamp(ticks: shot.ticks, timeBase: Rational(1, 1000))
        ) { _, _, _ in shot.gray }.lasting(shot.duration)
    }

    func rewind() throws {
        position = 0
        rewinds += 1
    }
}

extension Frame {
    fileprivate func lasting(_ duration: Int64) -> Frame {
        var frame = self
        frame.duration = duration
        return frame
    }
}
