public import Frames
internal import Glibc
internal import V4L2

/// Says whether some program reads a virtual camera, so that the real one can stay off until then.
///
/// Used by one thread at a time.
public final class ReaderWatch {
    public enum Method: String, Sendable, Hashable {
        /// v4l2loopback's own count of streaming readers (from 0.13), told at once.
        case event
        /// Which other programs have the device open. Programs of other users are not seen, unless by root.
        case openFiles
    }

    public let path: String
    public let method: Method
    /// Only for events: having it open says nothing then, but would show in the list of open files.
    private let device: VideoDevice?
    private var readers = 0

    /// How long a list of open files holds: making one takes some milliseconds.
    private static let scanMilliseconds = 500

    public init(path: String) throws(MatteError) {
        self.path = path
        let failure = VirtualCameraFailure(path: path)
        let device = try failure.calling { () throws(VideoDeviceError) in try VideoDevice(path: path) }
        let hasEvent = (try? device.subscribeToReaders()) != nil
        method = hasEvent ? .event : .openFiles
        self.device = hasEvent ? device : nil
    }

    /// The number of programs that read it (v4l2loopback from 0.14 on lets in one at a time).
    ///
    /// - Parameter timeoutMilliseconds: how long to wait for a change; at once for 0.
    /// - Throws: `.io` where the device is gone.
    public func readers(timeoutMilliseconds: Int) throws(MatteError) -> Int {
        guard let device else {
            if timeoutMilliseconds > 0 {
                usleep(UInt32(clamping: min(timeoutMilliseconds, Self.scanMilliseconds)) * 1000)
            }
            // What this program starts itself, such as its guard, is no reader.
            readers = DeviceHolder.all(of: path).count { !$0.isChild }
            return readers
        }
        do throws(VideoDeviceError) {
            _ = try device.wait(for: .event, milliseconds: timeoutMilliseconds)
            if let count = try device.takeReaderEvents() { readers = count }
            return readers
        } catch {
            throw MatteError(.io, "the virtual camera '\(path)' is gone: \(error.words)")
        }
    }
}
