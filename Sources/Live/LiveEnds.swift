import Decoding
import Encoding
import Frames

/// The two ends of a show, as the options name them: what gives pictures and what takes them.
struct LiveEnds {
    /// Opens the source; one that was opened to check it is given out first.
    let openSource: @Sendable () throws -> any LiveSource
    let sink: any LiveSink
    let size: Size
    /// Of the camera's pictures; nil where it waits for a reader.
    let cameraSize: Size?
    let color: ColorDescription
    let audience: (any Audience)?

    /// Opens both ends, but for a camera that waits for a reader.
    ///
    /// - Throws: what is wrong with either, in words for the beginning of a show.
    init(_ options: LiveOptions, encoding: EncodingOptions, notice: @escaping NoticeHandler) throws {
        let input = try SourceOpening(options, notice: notice)
        let kind = OutputKind(options.output, hasFormat: encoding.outputFormat != nil)
        size = (options.size ?? input.size ?? LiveOptions.usualCameraSize).even
        openSource = input.open
        cameraSize = input.size
        switch kind {
        case .null:
            sink = NullSink()
            color = ColorDescription().resolved(for: size, format: sink.format)
            audience = nil
        case .clip(let path):
            color = ColorDescription().resolved(for: size, format: .yuv420())
            sink = try ClipSink(
                path: path, size: size, rate: options.rate, color: color, options: encoding, notice: notice)
            audience = nil
        case .virtualCamera(let name):
            let output = try VirtualCameraOutput(
                try name ?? Self.firstVirtualCamera(), size: size, rate: options.rate,
                guardArguments: options.guardArguments, notice: notice)
            guard output.path != input.devicePath else {
                throw MatteError(
                    .usage, "'\(output.path)' is camera and output at once", advice: "choose another --output")
            }
            sink = output
            color = VirtualCameraSettings.color
            audience = options.isOnDemand ? try VirtualCameraAudience(path: output.path) : nil
        }
        guard audience != nil || !options.isOnDemand else {
            throw MatteError(.usage, "--on-demand needs a virtual camera as output", advice: "leave it out")
        }
    }

    private static func firstVirtualCamera() throws(MatteError) -> String {
        let devices = CameraDevice.list().filter(\.isLoopback)
        guard let device = devices.first(where: \.isOutput) ?? devices.first else {
            throw MatteError(
                .missingPart, "there is no virtual camera",
                advice: "run 'matte live --setup', or write elsewhere with --output")
        }
        return device.path
    }
}

/// How a show's source is opened, the first time and again.
private struct SourceOpening {
    let open: @Sendable () throws -> any LiveSource
    /// Nil where the source has not been opened yet.
    let size: Size?
    let devicePath: String?

    /// A source on its way to the queue that will use it.
    private struct Opened: @unchecked Sendable {
        // Sendable: taken out once, and nobody else keeps it.
        let source: any LiveSource
    }

    init(_ options: LiveOptions, notice: @escaping NoticeHandler) throws {
        let first: Opened?
        let again: @Sendable () throws -> any LiveSource
        switch InputKind(options.camera) {
        case .clip(let path):
            again = {
                try ClipSource(
                    path: path, repeats: options.repeatsClip, keepsTime: options.keepsClipTime, notice: notice)
            }
            let clip = try ClipSource(
                path: path, repeats: options.repeatsClip, keepsTime: options.keepsClipTime, notice: notice)
            (first, size, devicePath) = (Opened(source: clip), clip.size, nil)
        case .camera(let words):
            let device = try Self.device(words)
            let wish = CameraWish(size: options.size ?? LiveOptions.usualCameraSize, rate: options.rate)
            // What was agreed is said once; a camera that comes back is asked for the same.
            again = {
                guard let present = device.present() else {
                    throw MatteError(
                        .missingPart, "the camera '\(device.name)' is gone", advice: "plug it in again")
                }
                return try CameraInput(present, wish: wish, notice: { _ in })
            }
            let camera = options.isOnDemand ? nil : try CameraInput(device, wish: wish, notice: notice)
            (first, size, devicePath) = (camera.map { Opened(source: $0) }, camera?.size, device.path)
        }
        let waiting = Protected(first)
        open = {
            let opened = waiting.withLock { waiting in
                defer { waiting = nil }
                return waiting
            }
            return try opened?.source ?? again()
        }
    }

    private static func device(_ words: String?) throws(MatteError) -> CameraDevice {
        do throws(CameraFailure) {
            return try CameraDevice.find(words)
        } catch {
            throw error.error
        }
    }
}

extension Size {
    /// Chroma has half the size.
    fileprivate var even: Size { Size(width: max(2, width & ~1), height: max(2, height & ~1)) }
}
