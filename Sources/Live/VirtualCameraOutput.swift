import Encoding
import Frames

/// A virtual camera as a show's output.
final class VirtualCameraOutput: LiveSink {
    let name: String
    let path: String
    let format: PixelFormat
    private let camera: VirtualCamera

    /// - Parameter output: a path, a number or a part of a label.
    init(_ output: String, size: Size, rate: Rational, notice: NoticeHandler) throws(MatteError) {
        camera = try VirtualCamera(output, VirtualCameraSettings(size: size, rate: rate), notice: notice)
        name = "\(camera.name) (\(camera.path))"
        path = camera.path
        format = camera.settings.layout.pixelFormat
    }

    func write(_ frame: Frame) throws { try camera.write(frame) }
    func finish() { camera.close() }
}

/// Those who read a virtual camera.
final class VirtualCameraAudience: Audience {
    /// For one thread at a time, as `ReaderWatch` is.
    private let watch: Protected<Watch>

    private struct Watch: @unchecked Sendable {
        // Sendable: the lock around it lets in one thread at a time.
        let readers: ReaderWatch
    }

    init(path: String) throws(MatteError) { watch = Protected(Watch(readers: try ReaderWatch(path: path))) }

    /// Waits for a change, for a short while. An output that is gone has no readers; the writer will say so.
    var isPresent: Bool {
        watch.withLock { ((try? $0.readers.readers(timeoutMilliseconds: 200)) ?? 0) > 0 }
    }
}
