internal import CV4L2

/// Which way pictures go through a device.
public enum VideoDirection: Sendable {
    /// From the device: a camera.
    case capture
    /// To the device: a virtual camera's writer.
    case output

    var bufferType: UInt32 {
        switch self {
        case .capture: V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        case .output: V4L2_BUF_TYPE_VIDEO_OUTPUT.rawValue
        }
    }
}
