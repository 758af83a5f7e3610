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
    private var clock = ClipClock()
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
            let now = Monotonic.now()
            let due = clock.dueTime(of: frame.timestamp.seconds, now: now)
            if keepsTime, due > now {
                Monotonic.sleep(seconds: min(due, deadline) - now)
                guard due <= deadline else { return .nothing }
            }
            next = nil
            clock.passed(frame)
            // A camera does not wait for us either. But a whole second late means that the clock stood still.
            if keepsTime, now - due > 1 {
                clock.restart(at: frame.timestamp.seconds, now: now)
            } else if keepsTime, now - due > clock.frameSeconds {
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
            clock.beginRound()
            next = try decoder.nextFrame()
        }
        return next
    }
}
