public import Frames
internal import FFmpeg
internal import Glibc
internal import V4L2

/// A camera that streams. Its light is on from `init` until `close` or the end of the object.
///
/// Used by one thread at a time. Buffers are copied, so frames may be kept for as long as anybody likes.
public final class CameraSource {
    /// Which pictures `next` gives.
    public enum Order: Sendable {
        /// The newest; older ones that wait are left out and counted.
        case newest
        /// All, one after the other.
        case inOrder
    }

    public let device: CameraDevice
    public let format: CameraFormat
    public private(set) var counters = CameraCounters()

    private let layout: VideoFormat
    private let decoder: JPEGDecoder?
    private let pool: FramePool?
    private var queue: BufferQueue?
    private var lastSequence: UInt32?

    /// Opens a camera, agrees on a format and starts it.
    ///
    /// - Parameter notice: told what was agreed, and why where it is not what was wished for.
    public init(
        _ device: CameraDevice, wish: CameraWish = CameraWish(), notice: NoticeHandler = { _ in }
    ) throws(CameraFailure) {
        let opening = try CameraOpening(device, wish: wish)
        do {
            decoder = opening.pixels == nil ? try JPEGDecoder() : nil
        } catch {
            throw CameraFailure(.other, error)
        }
        self.device = device
        format = opening.format
        layout = opening.layout
        pool = opening.pixels.map { FramePool(size: opening.format.size, format: $0) }
        queue = opening.queue
        notice(opening.notice)
    }

    /// Ends the stream and turns the camera off.
    public func close() { queue = nil }

    /// Starts the stream anew after `.streamBroken`.
    public func restart() throws(CameraFailure) {
        guard let queue else { throw closed }
        lastSequence = nil
        do throws(VideoDeviceError) {
            try? queue.stop()
            try queue.fillAndStart()
        } catch {
            throw CameraFailure(error, path: device.path)
        }
    }

    /// The next picture.
    ///
    /// - Returns: nil where none came in time: a virtual camera without a writer is silent.
    /// - Throws: `.vanished` where the camera is gone, `.streamBroken` where `restart` may help.
    public func next(
        timeoutMilliseconds: Int, order: Order = .newest
    ) throws(CameraFailure) -> CapturedFrame? {
        guard let queue else { throw closed }
        let end = Self.now + Int64(timeoutMilliseconds) * 1000
        do throws(VideoDeviceError) {
            while true {
                let left = max(0, (end - Self.now + 999) / 1000)
                let readiness = try queue.device.wait(for: .picture, milliseconds: Int(left))
                if let buffer = try take(from: queue, order: order) {
                    let frame = frame(of: buffer, in: queue)
                    try queue.giveBack(buffer.index)
                    if let frame { return frame }
                } else if !readiness.isDisjoint(with: .failure) {
                    // Nothing to take, yet the wait says that something is wrong: the device says what.
                    _ = try queue.device.capability()
                    throw VideoDeviceError(code: EIO, operation: "take a picture")
                }
                if Self.now >= end { return nil }
            }
        } catch {
            throw CameraFailure(error, path: device.path)
        }
    }

    private var closed: CameraFailure {
        CameraFailure(.other, MatteError(.internal, "the camera '\(device.path)' was closed"))
    }

    /// A good buffer, the newest that is there or the first; nil where there is none.
    private func take(from queue: BufferQueue, order: Order) throws(VideoDeviceError) -> FilledBuffer? {
        var taken: FilledBuffer?
        while order == .newest || taken == nil, let buffer = try queue.dequeue() {
            count(buffer.sequence)
            if buffer.isDamaged {
                counters.damaged += 1
                try queue.giveBack(buffer.index)
                continue
            }
            if let older = taken {
                counters.superseded += 1
                try queue.giveBack(older.index)
            }
            taken = buffer
        }
        return taken
    }

    private func count(_ sequence: UInt32) {
        if let lastSequence, sequence > lastSequence { counters.lost += Int(sequence - lastSequence) - 1 }
        lastSequence = sequence
    }

    /// Nil, and counted, where the buffer holds no whole picture.
    private func frame(of buffer: FilledBuffer, in queue: BufferQueue) -> CapturedFrame? {
        let timestamp = Timestamp(ticks: Self.captureTime(of: buffer), timeBase: Self.microseconds)
        let duration = format.rate.isKnown ? Int64((1_000_000 / format.rate.doubleValue).rounded()) : 0
        let frame = queue.withBytes(buffer.index) { bytes -> Frame? in
            let used = UnsafeRawBufferPointer(rebasing: bytes.prefix(buffer.usedBytes))
            if let pool {
                let target = pool.makeBuffer()
                guard CameraLayout.copy(used, strideBytes: layout.strideBytes, to: target) else { return nil }
                return target.frame(color: layout.color, timestamp: timestamp, duration: duration)
            }
            return try? decoder?.decode(used, color: layout.color, timestamp: timestamp, duration: duration)
        }
        guard let frame = frame.flatMap({ $0 }) else {
            counters.undecodable += 1
            return nil
        }
        counters.frames += 1
        return CapturedFrame(frame: frame, sequence: buffer.sequence)
    }

    private static let microseconds = Rational(1, 1_000_000)

    /// `CLOCK_MONOTONIC` in microseconds.
    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// The driver's time, or now where that is of another clock or cannot be true: some cameras start with nonsense.
    private static func captureTime(of buffer: FilledBuffer) -> Int64 {
        let now = now
        let isPlausible = buffer.isMonotonic && (now - 10_000_000...now).contains(buffer.microseconds)
        return isPlausible ? buffer.microseconds : now
    }
}

extension BufferQueue {
    /// Queues every buffer and starts. Drivers may refuse once and do it when asked again.
    func fillAndStart() throws(VideoDeviceError) {
        for index in 0..<count { try giveBack(index) }
        do {
            try start()
        } catch {
            guard error.isRefusal || error.isStreamBroken else { throw error }
            try start()
        }
    }

    /// Hands a buffer to the driver again, asking twice.
    func giveBack(_ index: Int) throws(VideoDeviceError) {
        do {
            try queue(index)
        } catch {
            guard error.isRefusal else { throw error }
            try queue(index)
        }
    }
}
