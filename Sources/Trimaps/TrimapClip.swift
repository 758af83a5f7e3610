public import Frames
internal import Pixels

/// A file, folder or video of trimaps, masks or strokes, one picture for each of the clip's, or one for all. Used by one
/// thread at a time.
public final class TrimapClip {
    /// The file, for messages.
    public let name: String
    private let source: any FrameSource
    private let isStill: Bool
    private var kept: Frame?
    private var count = 0

    /// - Parameters:
    ///   - source: at its first picture.
    ///   - isStill: its one picture serves for all.
    public init(_ source: any FrameSource, name: String, isStill: Bool) {
        self.source = source
        self.name = name
        self.isStill = isStill
    }

    /// - Parameter say: told of another size.
    /// - Returns: the trimap at the frame's size, and which part of its pixels was none of the three values.
    public func nextTrimap(
        for frame: Frame, say: (String) -> Void
    ) throws -> (trimap: Trimap, otherShare: Double) {
        let (trimap, share) = Trimap.reading(try next(for: frame, say: say))
        return (trimap.resized(to: frame.size), share)
    }

    /// The mask at the frame's size, one channel 0…1.
    public func nextMask(for frame: Frame, say: (String) -> Void) throws -> FloatImage {
        let picture = FrameReader().read(try next(for: frame, say: say))
        let grey = picture.withChannel(1) { green in
            FloatImage(size: picture.size, channels: 1) { _ = $0.update(fromContentsOf: green) }
        }
        return grey.resized(to: frame.size, filter: grey.size.width > frame.size.width ? .area : .bilinear)
    }

    /// The strokes at the frame's size.
    public func nextStrokes(for frame: Frame, say: (String) -> Void) throws -> Trimap {
        guard let strokes = Trimap.strokes(try next(for: frame, say: say)) else {
            throw MatteError(
                .badInput, "the strokes '\(name)' have no transparency, so nothing is left unknown",
                advice: "draw on a transparent layer and save it as PNG, or give the picture as --trimap")
        }
        return strokes.resized(to: frame.size)
    }

    private func next(for frame: Frame, say: (String) -> Void) throws -> Frame {
        let picture = try read()
        let (own, other) = (picture.size, frame.size)
        guard own != other else { return picture }
        // A pixel's rounding is no other shape.
        let scale = Double(other.width) / Double(own.width)
        guard abs(Double(own.height) * scale - Double(other.height)) <= max(1, scale) else {
            throw MatteError(
                .badInput, "'\(name)' is \(own), which is another shape than the picture's \(other)",
                advice: "make it from a picture of the clip, in its size")
        }
        say("'\(name)' is \(own) and the picture \(other); it is scaled")
        return picture
    }

    private func read() throws -> Frame {
        if isStill, let kept { return kept }
        guard let picture = try source.nextFrame() else {
            throw MatteError(
                .badInput,
                count == 0
                    ? "'\(name)' holds no picture" : "'\(name)' ends after \(count) pictures, before the clip does",
                advice: "give one picture for all, or one for each of the clip's")
        }
        count += 1
        kept = picture
        return picture
    }
}
