internal import Frames
internal import V4L2

/// A video device: a webcam, or a virtual camera.
public struct CameraDevice: Sendable, Hashable {
    /// "/dev/video0".
    public let path: String
    /// Its name for people, "HD Webcam C615".
    public let name: String
    /// "uvcvideo"; empty where the device cannot be opened.
    public let driver: String
    /// Where it is plugged in, "usb-0000:00:14.0-6"; empty where the device cannot be opened.
    public let bus: String
    /// Gives pictures now. A virtual camera with exclusive_caps=1 does only while it is written to.
    public let isCamera: Bool
    /// Takes pictures now.
    public let isOutput: Bool
    /// One of v4l2loopback's.
    public let isLoopback: Bool
    /// What it gives, or takes if it gives nothing.
    public let offers: [CameraOffer]
    /// Why nothing more is known of it; nil where all is.
    public let problem: String?

    /// All video devices that give or take pictures, by number. Cameras stay off.
    public static func list() -> [CameraDevice] {
        VideoNode.all().compactMap { CameraDevice($0) }
    }

    /// Nil for nodes that carry no pictures, such as a webcam's metadata.
    init?(_ node: VideoNode) {
        do throws(VideoDeviceError) {
            let device = try VideoDevice(path: node.path)
            let capability = try device.capability()
            guard capability.isCapture || capability.isOutput else { return nil }
            let offers = CameraOffer.all(of: device, capability.isCapture ? .capture : .output)
            self.init(path: node.path, capability, offers: offers)
        } catch {
            guard !error.isVanished, !error.isMissing else { return nil }
            self.init(
                path: node.path, name: node.name ?? node.path, problem: "cannot \(error.operation): \(error.words)")
        }
    }

    init(path: String, _ capability: VideoCapability, offers: [CameraOffer]) {
        self.path = path
        name = capability.card
        driver = capability.driver
        bus = capability.bus
        isCamera = capability.isCapture
        isOutput = capability.isOutput
        isLoopback = capability.isLoopback
        self.offers = offers
        problem = nil
    }

    /// One that cannot be opened, or that a test makes up.
    init(
        path: String, name: String, bus: String = "", isCamera: Bool = false, isLoopback: Bool = false,
        problem: String? = nil
    ) {
        self.path = path
        self.name = name
        self.bus = bus
        self.isCamera = isCamera
        self.isLoopback = isLoopback
        self.problem = problem
        driver = ""
        isOutput = false
        offers = []
    }
}
