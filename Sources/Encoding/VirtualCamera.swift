public import Frames
internal import Glibc
internal import V4L2

/// A v4l2loopback device that this program writes to, and that others read as a camera.
///
/// It streams, and is listed as a camera, from `init` until `close` or the end of the object. Used by one thread at a
/// time. Pictures go through mapped buffers, never through `write()`: v4l2loopback 0.12 is stuck after a writer of that
/// kind. A picture is shown when it is written, to as many readers as the module allows (from 0.14 on, one).
public final class VirtualCamera {
    /// "/dev/video10".
    public let path: String
    /// Its name for people.
    public let name: String
    /// As agreed: the layout may be that of an earlier writer whose reader is still there.
    public let settings: VirtualCameraSettings
    public private(set) var writtenFrames = 0

    private let planes: [BufferPlane]
    private let pictureBytes: Int
    private var queue: BufferQueue?
    private var lastIndex = -1

    /// The module gives as many as its max_buffers says, by default two.
    private static let bufferCount = 4
    /// Tenths of a second for which one that is in use is tried again.
    private static let patienceTenths = 15

    /// Opens a virtual camera and starts it.
    ///
    /// - Parameters:
    ///   - output: a path, a number, or (part of) a label.
    ///   - notice: told what will work, but perhaps not as expected.
    /// - Throws: `.noInput` where there is none or it may not be opened, `.missingPart` where another program writes to it
    ///   or holds it in another format, `.badInput` where it is no virtual camera.
    public init(
        _ output: String, _ settings: VirtualCameraSettings, notice: NoticeHandler = { _ in }
    ) throws(MatteError) {
        let opening = try Self.open(output, settings)
        path = opening.path
        name = opening.name
        self.settings = opening.settings
        planes = opening.planes
        pictureBytes = BufferPlane.pictureBytes(in: planes)
        queue = opening.queue
        for sentence in opening.notices { notice(sentence) }
    }

    /// The open device, to be handed down to a process that shows a `VirtualCameraLegacy`; nil once it is closed.
    public var descriptor: Int32? { queue?.device.descriptor }

    /// Ends the stream. Readers that stay see no more pictures, and go on when a writer comes back.
    public func close() { queue = nil }

    /// Shows a picture.
    ///
    /// - Parameter frame: of the settings' size and `layout.pixelFormat`.
    /// - Throws: `.io` where the device is gone.
    public func write(_ frame: Frame) throws(MatteError) {
        guard frame.size == settings.size, frame.format == settings.layout.pixelFormat else {
            let due = "\(settings.size) \(settings.layout.pixelFormat)"
            throw MatteError(.internal, "a picture of \(frame.size) \(frame.format) came where \(due) was due")
        }
        guard let queue else { throw MatteError(.internal, "the virtual camera '\(path)' was closed") }
        do throws(VideoDeviceError) {
            let index = (lastIndex + 1) % queue.count
            if writtenFrames >= queue.count { try Self.waitForRoom(in: queue) }
            queue.withBytes(index) { copy(frame, to: $0) }
            try queue.queue(index, usedBytes: pictureBytes)
            lastIndex = index
            writtenFrames += 1
        } catch {
            throw MatteError(
                .io, "the virtual camera '\(path)' broke off: cannot \(error.operation): \(error.words)",
                advice: "`matte doctor --camera` looks at it")
        }
    }

    /// Takes a buffer back. Which one that is does not matter, since buffers are used in turn: v4l2loopback 0.12 hands
    /// back the one that readers are looking at.
    private static func waitForRoom(in queue: BufferQueue) throws(VideoDeviceError) {
        for _ in 0..<10 {
            if try queue.dequeue() != nil { return }
            _ = try queue.device.wait(for: .room, milliseconds: 100)
        }
        throw VideoDeviceError.timedOut("take a buffer back")
    }

    /// A writer that was killed leaves somebody behind who shows its last picture for a moment.
    private static func open(
        _ output: String, _ settings: VirtualCameraSettings
    ) throws(MatteError) -> VirtualCameraOpening {
        for _ in 0..<patienceTenths {
            do throws(MatteError) {
                return try VirtualCameraOpening(output, settings, bufferCount: bufferCount)
            } catch {
                guard error.kind == .missingPart else { throw error }
                usleep(100_000)
            }
        }
        return try VirtualCameraOpening(output, settings, bufferCount: bufferCount)
    }

    /// What another process needs to show `frame` here once this one is no more.
    public func legacy(_ frame: Frame) -> VirtualCameraLegacy? {
        guard let queue, frame.size == settings.size, frame.format == settings.layout.pixelFormat else { return nil }
        var bytes = [UInt8](repeating: 0, count: pictureBytes)
        bytes.withUnsafeMutableBytes { copy(frame, to: $0) }
        return VirtualCameraLegacy(bufferCount: queue.count, picture: bytes)
    }

    private func copy(_ frame: Frame, to buffer: UnsafeMutableRawBufferPointer) {
        guard let base = buffer.baseAddress, buffer.count >= pictureBytes else { return }
        for (index, plane) in planes.enumerated() {
            frame.withPlane(index) { source in
                for row in 0..<plane.rows {
                    (base + (plane.offsetBytes + row * plane.strideBytes)).copyMemory(
                        from: source.base + row * source.strideBytes, byteCount: plane.rowBytes)
                }
            }
        }
    }
}
