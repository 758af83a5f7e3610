internal import FFmpeg
internal import Frames
internal import V4L2

/// Opens a camera and agrees on a format with it: what a `CameraSource` begins with.
struct CameraOpening {
    let format: CameraFormat
    let layout: VideoFormat
    /// Nil for Motion-JPEG.
    let pixels: PixelFormat?
    /// Streams already.
    let queue: BufferQueue
    /// What was agreed, for people.
    let notice: String

    /// Enough that the camera has one to fill while others wait to be looked at.
    private static let bufferCount = 4

    init(_ device: CameraDevice, wish: CameraWish) throws(CameraFailure) {
        let camera = OpenCamera(handle: try Self.open(device.path), path: device.path)
        let (choice, offers) = try Self.choice(for: wish, of: camera)
        let accepted = try camera.calling { handle throws(VideoDeviceError) in
            let wanted = VideoFormat(fourCC: FourCC(choice.offer.format) ?? "YUYV", size: choice.size)
            return try handle.setFormat(wanted, .capture)
        }
        let name = accepted.fourCC.description
        // A driver may answer with another format than it was asked for; its answer is what comes.
        guard let usable = CameraLayout.named(name), accepted.size.pixelCount > 0 else {
            throw camera.unsuitable(
                "gives \(name), which cannot be used, where it was asked for \(choice.offer.format)")
        }
        guard !wish.requiresSize || accepted.size == wish.size else {
            throw camera.unsuitable("gives \(accepted.size) where \(wish.size) was wanted")
        }
        let rate = try camera.calling { handle throws(VideoDeviceError) in
            try handle.setRate(choice.rate.isKnown ? choice.rate : wish.rate, .capture)
        }
        queue = try camera.calling { handle throws(VideoDeviceError) in
            let queue = try Self.buffers(handle)
            try queue.fillAndStart()
            return queue
        }
        layout = accepted
        pixels = usable.pixels
        format = CameraFormat(
            format: name, size: accepted.size, rate: rate.isKnown ? rate : choice.rate,
            isEmulated: choice.offer.isEmulated)
        notice = CameraSentence(device: device.name, format: format, choice: choice, wish: wish, offers: offers).text
    }

    private static func open(_ path: String) throws(CameraFailure) -> VideoDevice {
        do throws(VideoDeviceError) {
            return try VideoDevice(path: path)
        } catch {
            throw CameraFailure(error, path: path)
        }
    }

    /// Drivers may refuse once and do it when asked again.
    private static func buffers(_ handle: VideoDevice) throws(VideoDeviceError) -> BufferQueue {
        do {
            return try BufferQueue(handle, .capture, count: bufferCount)
        } catch {
            guard error.isRefusal else { throw error }
            return try BufferQueue(handle, .capture, count: bufferCount)
        }
    }

    /// The best of the camera's own formats, else of those that libv4l2 makes of them.
    private static func choice(
        for wish: CameraWish, of camera: OpenCamera
    ) throws(CameraFailure) -> (CameraChoice, [CameraOffer]) {
        let capability = try camera.calling { handle throws(VideoDeviceError) in try handle.capability() }
        guard capability.isCapture, capability.isStreaming else {
            throw camera.unsuitable("(\(capability.card)) gives no pictures now")
        }
        let own = CameraOffer.all(of: camera.handle, .capture)
        if let choice = CameraChoice.best(for: wish, of: own) { return (choice, own) }
        if (try? camera.handle.emulateFormats()) != nil {
            let all = CameraOffer.all(of: camera.handle, .capture)
            if let choice = CameraChoice.best(for: wish, of: all) { return (choice, all) }
        }
        throw camera.unsuitable(CameraSentence.missing(wish, own))
    }
}

/// An open device and the path that its errors name.
private struct OpenCamera {
    let handle: VideoDevice
    let path: String

    func calling<Result>(
        _ body: (VideoDevice) throws(VideoDeviceError) -> Result
    ) throws(CameraFailure) -> Result {
        do throws(VideoDeviceError) {
            return try body(handle)
        } catch {
            throw CameraFailure(error, path: path)
        }
    }

    func unsuitable(_ what: String) -> CameraFailure {
        CameraFailure(
            .unsuitable, MatteError(.badInput, "'\(path)' \(what)", advice: "`matte devices` lists what cameras have"))
    }
}
