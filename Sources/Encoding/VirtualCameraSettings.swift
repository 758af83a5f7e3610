internal import FFmpeg
public import Frames
internal import V4L2

/// What a virtual camera shows: one size, format and rate for as long as it is written to.
public struct VirtualCameraSettings: Sendable, Hashable {
    /// How the pictures lie in memory. All programs that read cameras know both.
    public enum Layout: String, Sendable, Hashable, CaseIterable {
        /// Planar 4:2:0: three quarters of the other's memory.
        case yu12
        /// Packed 4:2:2, as most webcams have it.
        case yuyv

        var fourCC: FourCC {
            switch self {
            case .yu12: "YU12"
            case .yuyv: "YUYV"
            }
        }

        /// The format of the frames to write.
        public var pixelFormat: PixelFormat {
            switch self {
            case .yu12: .yuv420()
            case .yuyv: PixelFormat(ffmpegName: "yuyv422") ?? .yuv422()
            }
        }
    }

    /// Even in both directions.
    public var size: Size
    /// Frames per second, as it is announced; frames are shown when they are written.
    public var rate: Rational
    public var layout: Layout

    public init(size: Size, rate: Rational, layout: Layout = .yu12) {
        self.size = size
        self.rate = rate
        self.layout = layout
    }

    /// How readers take the numbers in the pictures: v4l2loopback announces sRGB, which for Y'CbCr means BT.601's matrix
    /// and limited range, whatever the size is.
    public static let color = ColorDescription(
        matrix: .smpte170m, range: .limited, primaries: 1, transfer: 13, chromaLocation: .left)
}
