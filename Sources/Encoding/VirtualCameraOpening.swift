internal import Frames
internal import V4L2

/// Opens a virtual camera and agrees on a format with it: what a `VirtualCamera` begins with.
struct VirtualCameraOpening {
    let path: String
    let name: String
    let settings: VirtualCameraSettings
    /// Of a picture, in each buffer.
    let planes: [BufferPlane]
    /// Streams already.
    let queue: BufferQueue
    let notices: [String]

    init(_ output: String, _ wanted: VirtualCameraSettings, bufferCount: Int) throws(MatteError) {
        guard wanted.size.pixelCount > 0, wanted.size.width % 2 == 0, wanted.size.height % 2 == 0 else {
            throw MatteError(.usage, "a virtual camera cannot have \(wanted.size)", advice: "take even numbers")
        }
        let path = try VirtualCameraNode.path(of: output)
        let failure = VirtualCameraFailure(path: path)
        let handle = try failure.calling { () throws(VideoDeviceError) in try VideoDevice(path: path) }
        let capability = try failure.calling { () throws(VideoDeviceError) in try handle.capability() }
        guard capability.isOutput || capability.isLoopback else {
            throw MatteError(
                .badInput, "'\(path)' (\(capability.card)) is no virtual camera", advice: "`matte devices` lists them")
        }
        // 0.12 lets a second writer in without a word, and both would show their pictures in turns.
        let isWritten = !capability.isOutput && handle.keepsFormat != true
        guard !isWritten else { throw failure.busy }
        let accepted = try failure.calling { () throws(VideoDeviceError) in
            try Self.agree(VideoFormat(fourCC: wanted.layout.fourCC, size: wanted.size), with: handle)
        }
        guard let layout = VirtualCameraSettings.Layout.allCases.first(where: { $0.fourCC == accepted.fourCC }),
            accepted.size == wanted.size
        else { throw failure.held(accepted, keepsFormat: handle.keepsFormat == true) }
        var settings = wanted
        settings.layout = layout
        queue = try failure.calling { () throws(VideoDeviceError) in
            _ = try handle.setRate(wanted.rate, .output)
            // Before the stream begins: 0.14 and later refuse to stream without.
            let queue = try BufferQueue(handle, .output, count: bufferCount)
            try queue.start()
            return queue
        }
        self.path = path
        self.settings = settings
        planes = BufferPlane.all(of: layout.pixelFormat, size: wanted.size, strideBytes: accepted.strideBytes)
        name = capability.card
        notices = Self.notices(path, capability, wanted: wanted, accepted: settings)
    }

    /// Asks for a format.
    ///
    /// - Returns: the one that is held, where it is another. 0.13 refuses all but that, others answer with it.
    private static func agree(
        _ wanted: VideoFormat, with device: VideoDevice
    ) throws(VideoDeviceError) -> VideoFormat {
        do throws(VideoDeviceError) {
            return try device.setFormat(wanted, .output)
        } catch {
            guard error.isBusy, let held = try? device.format(.output) else { throw error }
            return try device.setFormat(held, .output)
        }
    }

    private static func notices(
        _ path: String, _ capability: VideoCapability, wanted: VirtualCameraSettings, accepted: VirtualCameraSettings
    ) -> [String] {
        var notices: [String] = []
        if accepted.layout != wanted.layout {
            notices.append("'\(path)' is held at \(accepted.layout.fourCC), so that is written")
        }
        if capability.isCapture, capability.isOutput,
            LoopbackModule().map({ !$0.exclusiveCaps.contains(true) }) ?? false
        {
            notices.append(
                "'\(path)' was made without exclusive_caps=1: some programs, such as Chrome, will not list it as a camera"
            )
        }
        return notices
    }
}
