internal import Frames
internal import V4L2

/// What a virtual camera shows after its writer has died: a picture, and the way to the buffers it goes into.
///
/// A process that was handed the open device down is the same writer to the driver, so it can go on where the other one
/// stopped, in the middle of a picture too.
public struct VirtualCameraLegacy: Sendable, Equatable {
    public let bufferCount: Int
    /// As it lies in a buffer.
    public let picture: [UInt8]

    public init(bufferCount: Int, picture: [UInt8]) {
        self.bufferCount = bufferCount
        self.picture = picture
    }

    /// Writes the picture into each buffer, several times, so that no reader sees anything else any more.
    ///
    /// - Parameters:
    ///   - inherited: the device as this process was handed it; it is closed at the end.
    ///   - wait: called after each picture.
    /// - Throws: `.io` where the device is gone.
    public func show(on inherited: Int32, times: Int, wait: () -> Void) throws {
        let device = VideoDevice(inherited: inherited, path: "the virtual camera")
        do throws(VideoDeviceError) {
            let queue = try BufferQueue(sharing: device, .output, count: bufferCount)
            for number in 0..<max(times, bufferCount) {
                // The writer may have died with any number of buffers in its hands. A buffer that is refused is shown.
                _ = try? queue.dequeue()
                let index = number % max(bufferCount, 1)
                queue.withBytes(index) { $0.copyBytes(from: picture.prefix($0.count)) }
                try? queue.queue(index, usedBytes: picture.count)
                wait()
            }
        } catch {
            throw MatteError(.io, "cannot \(error.operation) of the virtual camera: \(error.words)")
        }
    }
}
