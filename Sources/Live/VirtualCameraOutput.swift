import Encoding
import Frames

/// A virtual camera as a show's output.
final class VirtualCameraOutput: LiveSink {
    let name: String
    let path: String
    let format: PixelFormat
    private let camera: VirtualCamera
    private let outputGuard: OutputGuard?

    /// - Parameters:
    ///   - output: a path, a number or a part of a label.
    ///   - guardArguments: with which this program calls `StandingGuard.run`; nil for no guard.
    init(
        _ output: String, size: Size, rate: Rational, guardArguments: [String]?, notice: NoticeHandler
    ) throws(MatteError) {
        camera = try VirtualCamera(output, VirtualCameraSettings(size: size, rate: rate), notice: notice)
        name = "\(camera.name) (\(camera.path))"
        path = camera.path
        format = camera.settings.layout.pixelFormat
        outputGuard = Self.guarded(camera, by: guardArguments, notice: notice)
    }

    private static func guarded(
        _ camera: VirtualCamera, by arguments: [String]?, notice: NoticeHandler
    ) -> OutputGuard? {
        guard let arguments, let descriptor = camera.descriptor else { return nil }
        do {
            return try OutputGuard(arguments, over: descriptor)
        } catch {
            notice("if this program is killed, the virtual camera keeps its last picture: no guard can be started")
            return nil
        }
    }

    func write(_ frame: Frame) throws { try camera.write(frame) }
    func keep(_ card: Frame) {
        if let legacy = camera.legacy(card) { outputGuard?.keep(legacy) }
    }

    func finish() {
        outputGuard?.end()
        camera.close()
    }
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
