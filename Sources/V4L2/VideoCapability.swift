internal import CV4L2

/// What `VIDIOC_QUERYCAP` tells of a device.
public struct VideoCapability: Sendable, Hashable {
    /// "uvcvideo", "v4l2 loopback".
    public let driver: String
    /// The device's name for people, "HD Webcam C615".
    public let card: String
    /// Where it is plugged in, "usb-0000:00:14.0-6".
    public let bus: String
    /// Gives pictures.
    public let isCapture: Bool
    /// Takes pictures.
    public let isOutput: Bool
    /// Streams through mapped buffers.
    public let isStreaming: Bool

    public var isLoopback: Bool { driver == Self.loopbackDriver }

    public static let loopbackDriver = "v4l2 loopback"

    init(_ capability: v4l2_capability) {
        driver = text(capability.driver)
        card = text(capability.card)
        bus = text(capability.bus_info)
        let hasOwn = capability.capabilities & UInt32(V4L2_CAP_DEVICE_CAPS) != 0
        let bits = hasOwn ? capability.device_caps : capability.capabilities
        isCapture = bits & UInt32(V4L2_CAP_VIDEO_CAPTURE) != 0
        isOutput = bits & UInt32(V4L2_CAP_VIDEO_OUTPUT) != 0
        isStreaming = bits & UInt32(V4L2_CAP_STREAMING) != 0
    }
}
