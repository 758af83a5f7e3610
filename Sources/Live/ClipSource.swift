import Decoding
public import Frames

/// A clip or a stream in the camera's place.
///
/// With `keepsTime` each picture comes when it is due, as from a camera; a picture that is late is passed over. Without
/// it pictures come as fast as they are decoded, which is right for a stream that its sender paces.
public final class ClipSource: LiveSource {
    public let name: String
    private let decoder: ClipDecoder
    private let repeats: Bool
    private let keepsTime: Bool
    private var next: Frame?
    /// Time of the clip's first picture, and the moment at which it was due.
    private var origin: (clip: Double, clock: Double)?
    private var lateFrames = 0

    /// - Parameters:
    ///   - path: what `ClipDecoder` opens.
    ///   - repeats: begins again at the end, which a stream cannot.
    public init(
        path: String, repeats: Bool, keepsTime: Bool, isCancelled: @escaping @Sendable () -> Bool = { false },
        notice: @escaping NoticeHandler = { _ in }
    ) throws {
        decoder = try ClipDecoder(path: path, isCancelled: isCancelled, notice: notice)
        name = path
        self.repeats = repeats
        self.keepsTime = keepsTime
    }

    public var lostFrames: Int { decoder.damagedPackets + lateFrames }
    /// Of the first picture.
    public var size: Size { decoder.info.size }

    public func next(within seconds: Double) throws -> SourceEvent {
        let deadline = Monotonic.now() + seconds
        while true {
            guard let frame = try upcoming() else { return .ended }
            let due = dueTime(of: frame)
            let now = Monotonic.now()
            if keepsTime, due > now {
                Monotonic.sleep(seconds: min(due, deadline) - now)
                guard due <= deadline else { return .nothing }
            }
            next = nil
            // A camera does not wait for us either. But a whole second late means that the clock stood still.
            if keepsTime, now - due > 1 {
                origin = (frame.timestamp.seconds, now)
            } else if keepsTime, now - due > Self.frameSeconds(frame) {
                lateFrames += 1
                continue
            }
            var captured = frame
            captured.timestamp = Monotonic.timestamp(keepsTime ? max(due, now - 1) : now)
            return .frame(captured)
        }
    }

    private func upcoming() throws -> Frame? {
        if let next { return next }
        if let frame = try decoder.nextFrame() {
            next = frame
        } else if repeats {
            try decoder.rewind()
            origin = nil
            next = try decoder.nextFrame()
        }
        return next
    }

    private func dueTime(of frame: Frame) -> Double {
        let time = frame.timestamp.seconds
        let origin = origin ?? (time, Monotonic.now())
        self.origin = origin
        return origin.clock + time - origin.clip
    }

    private static func frameSeconds(_ frame: Frame) -> Double {
        frame.duration > 0 ? Double(frame.duration) * frame.timestamp.timeBase.doubleValue : 0.04
    }
}
