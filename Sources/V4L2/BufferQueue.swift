internal import CV4L2
internal import Glibc

/// Buffers that a device and the program share by mapping, and the stream that goes through them.
///
/// Owns the mappings; keeps the device open. Used by one thread at a time. Ends the stream in `deinit`.
public final class BufferQueue {
    public let device: VideoDevice
    public let direction: VideoDirection
    private var buffers: [UnsafeMutableRawBufferPointer] = []
    public private(set) var isStreaming = false

    /// Asks for `count` buffers of the format that is set and maps those it gets, at least one.
    public init(_ device: VideoDevice, _ direction: VideoDirection, count: Int) throws(VideoDeviceError) {
        self.device = device
        self.direction = direction
        var request = v4l2_requestbuffers()
        request.count = UInt32(clamping: count)
        request.type = direction.bufferType
        request.memory = V4L2_MEMORY_MMAP.rawValue
        try device.call(matte_reqbufs, &request, "ask for buffers")
        guard request.count > 0 else { throw VideoDeviceError(code: ENOMEM, operation: "ask for buffers") }
        for index in 0..<request.count { buffers.append(try map(index)) }
    }

    /// Maps the buffers of a stream that another process began, and leaves the stream to it.
    public init(sharing device: VideoDevice, _ direction: VideoDirection, count: Int) throws(VideoDeviceError) {
        self.device = device
        self.direction = direction
        for index in 0..<count { buffers.append(try map(UInt32(clamping: index))) }
    }

    deinit {
        if isStreaming { try? stop() }
        for buffer in buffers { matte_v4l2_unmap(device.isEmulated, buffer.baseAddress, buffer.count) }
        // The buffers go with the descriptor. Giving them back by a request of zero would not be a favour: v4l2loopback
        // 0.12 then forgets that other readers have them mapped, and refuses those their pictures.
    }

    public var count: Int { buffers.count }

    private func map(_ index: UInt32) throws(VideoDeviceError) -> UnsafeMutableRawBufferPointer {
        var buffer = description(index)
        try device.call(matte_querybuf, &buffer, "look at a buffer")
        var address: UnsafeMutableRawPointer?
        let code = matte_v4l2_map(
            device.isEmulated, device.descriptor, Int(buffer.length), Int64(buffer.m.offset), &address)
        guard code == 0, let address else { throw VideoDeviceError(code: code, operation: "map a buffer") }
        return UnsafeMutableRawBufferPointer(start: address, count: Int(buffer.length))
    }

    private func description(_ index: UInt32 = 0) -> v4l2_buffer {
        var buffer = v4l2_buffer()
        buffer.index = index
        buffer.type = direction.bufferType
        buffer.memory = V4L2_MEMORY_MMAP.rawValue
        return buffer
    }

    public func start() throws(VideoDeviceError) {
        var type = Int32(bitPattern: direction.bufferType)
        try device.call(matte_streamon, &type, "start streaming")
        isStreaming = true
    }

    /// Ends the stream; the driver gives all buffers back.
    public func stop() throws(VideoDeviceError) {
        isStreaming = false
        var type = Int32(bitPattern: direction.bufferType)
        try device.call(matte_streamoff, &type, "stop streaming")
    }

    /// Hands a buffer to the driver: to be filled, or to be shown.
    ///
    /// - Parameter usedBytes: bytes of the picture in it; only for output.
    public func queue(_ index: Int, usedBytes: Int = 0) throws(VideoDeviceError) {
        var buffer = description(UInt32(clamping: index))
        buffer.bytesused = UInt32(clamping: usedBytes)
        buffer.field = V4L2_FIELD_NONE.rawValue
        try device.call(matte_qbuf, &buffer, "queue a buffer")
    }

    /// Takes the next buffer that the driver is done with; nil where there is none yet.
    public func dequeue() throws(VideoDeviceError) -> FilledBuffer? {
        var buffer = description()
        do {
            try device.call(matte_dqbuf, &buffer, "take a buffer")
        } catch {
            guard error.code == EAGAIN else { throw error }
            return nil
        }
        return FilledBuffer(buffer)
    }

    /// The bytes of a buffer, valid during `body`; nil for an index that there is not.
    public func withBytes<Result, Failure: Error>(
        _ index: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard buffers.indices.contains(index) else { return nil }
        defer { withExtendedLifetime(self) {} }
        return try body(buffers[index])
    }
}

/// A buffer that came back from the driver.
public struct FilledBuffer: Sendable, Hashable {
    public let index: Int
    public let usedBytes: Int
    /// Counts the camera's pictures, lost ones included.
    public let sequence: UInt32
    /// When the driver has the picture from, by its own clock.
    public let microseconds: Int64
    /// Whether that clock is the system's monotonic one (`CLOCK_MONOTONIC`).
    public let isMonotonic: Bool
    /// The driver knows that the picture is damaged.
    public let isDamaged: Bool

    init(_ buffer: v4l2_buffer) {
        index = Int(buffer.index)
        usedBytes = Int(buffer.bytesused)
        sequence = buffer.sequence
        microseconds = Int64(buffer.timestamp.tv_sec) &* 1_000_000 &+ Int64(buffer.timestamp.tv_usec)
        let clock = buffer.flags & UInt32(V4L2_BUF_FLAG_TIMESTAMP_MASK)
        isMonotonic = clock == UInt32(V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC)
        isDamaged = buffer.flags & UInt32(V4L2_BUF_FLAG_ERROR) != 0
    }
}
