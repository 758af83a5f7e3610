public import Frames

/// A clip behind the subject, looped, at its own speed.
///
/// At time t after the first foreground frame it shows the newest frame whose own time, from the clip's first frame,
/// is at most t; after the last frame's duration the clip starts again. Two frames are held, however long the clip.
/// Used by one thread at a time.
public final class VideoBackground: Background {
    private let source: any FrameSource
    private let name: String
    private let shown: PlacedFrame
    private var clip: Clip?
    private var foregroundStart: Double?

    /// Where the reading of the clip stands.
    private struct Clip {
        /// Time of the clip's first frame, by its own clock.
        let start: Double
        /// Foreground time at which this turn of the loop began.
        var turnStart = 0.0
        /// Of the frame that is shown and the one before it, by the clip's clock from its start.
        var time = 0.0
        var duration: Double
        /// Read already, not due yet.
        var upcoming: Frame?
        /// Known once the end was reached; 0 for a clip that is a still.
        var length: Double?
    }

    /// Times nearer than this are the same: it is far below a frame, and far above what is lost in seconds as `Double`.
    private static let tolerance = 1e-6

    /// - Parameters:
    ///   - source: at its first frame.
    ///   - name: the file, for errors.
    ///   - foregroundStart: seconds of the clip's first frame, where another one comes first here; nil takes the first.
    public init(
        source: any FrameSource, fit: BackgroundFit, name: String = "background", foregroundStart: Double? = nil
    ) {
        self.source = source
        self.foregroundStart = foregroundStart
        self.name = name
        shown = PlacedFrame(fit: fit)
    }

    public func layer(for matted: MattedFrame) throws -> BackgroundLayer {
        let now = matted.frame.timestamp.seconds
        let start = foregroundStart ?? now
        foregroundStart = start
        try advance(to: now - start)
        return shown.picture(behind: matted.frame).map { .picture($0) } ?? .color(.black)
    }

    private func advance(to time: Double) throws {
        var clip = try self.clip ?? open()
        defer { self.clip = clip }
        while true {
            if let upcoming = clip.upcoming {
                let due = upcoming.timestamp.seconds - clip.start
                guard clip.turnStart + due <= time + Self.tolerance else { return }
                clip.duration = upcoming.duration > 0 ? Self.duration(upcoming) : max(due - clip.time, 0)
                clip.time = due
                shown.frame = upcoming
                clip.upcoming = try source.nextFrame()
                continue
            }
            // Nothing follows: the clip ends when its last frame's time is over.
            let length = clip.length ?? clip.time + clip.duration
            clip.length = length
            guard length > Self.tolerance, clip.turnStart + length <= time + Self.tolerance else { return }
            try source.rewind()
            guard let first = try source.nextFrame() else { throw empty() }
            clip.turnStart += length
            // Whole turns that nobody sees.
            if time - clip.turnStart >= length {
                clip.turnStart += ((time - clip.turnStart) / length).rounded(.down) * length
            }
            clip.time = 0
            clip.duration = Self.duration(first)
            shown.frame = first
            clip.upcoming = try source.nextFrame()
        }
    }

    private func open() throws -> Clip {
        guard let first = try source.nextFrame() else { throw empty() }
        shown.frame = first
        let second = try source.nextFrame()
        // A single frame is shown for ever; there is nothing to decode again.
        return Clip(
            start: first.timestamp.seconds, duration: Self.duration(first), upcoming: second,
            length: second == nil ? 0 : nil)
    }

    private static func duration(_ frame: Frame) -> Double {
        Double(max(frame.duration, 0)) * frame.timestamp.timeBase.doubleValue
    }

    private func empty() -> MatteError {
        MatteError(
            .badInput, "the background '\(name)' has no pictures",
            advice: "give a clip or a picture that can be decoded"
        )
    }
}
