/// What `CameraDoctor` found.
public struct CameraReport: Sendable, Codable {
    /// The kernel module v4l2loopback.
    public struct Module: Sendable, Codable {
        /// "0.15.0"; nil for one of 0.12 or older that does not say.
        public let version: String?
        /// For each device that it may have: whether it shows itself as a camera only while it is written to.
        public let exclusiveCaps: [Bool]
        /// Whether it can add virtual cameras while it is loaded (from 0.13).
        public let hasControlDevice: Bool
    }

    public struct VirtualCamera: Sendable, Codable {
        public let path: String
        public let label: String
        /// Programs that have it open.
        public let holders: [String]
        public let isWritten: Bool
        /// "640×480 YU12", where an earlier writer's format is kept; a new writer gets no other.
        public let heldFormat: String?
        /// Why it cannot be written to, and what to do.
        public let problem: String?
    }

    public struct Camera: Sendable, Codable {
        public let path: String
        public let name: String
        /// Programs that have it open.
        public let holders: [String]
        /// Of the port it is plugged in to; nil for other cameras.
        public let usbMegabitsPerSecond: Int?
        /// What its uncompressed pictures would need at 1280×720 and 30 fps, where it has those and the port has not the
        /// room.
        public let missingBandwidth: Bool
        public let trial: Trial?
        /// Why it gives no pictures, and what to do.
        public let problem: String?
    }

    /// Ten pictures.
    public struct Trial: Sendable, Codable {
        /// "MJPG".
        public let format: String
        public let width: Int
        public let height: Int
        public let frames: Int
        /// From the first picture's time stamp to the last one's.
        public let framesPerSecond: Double?
        /// From opening the camera to its first picture.
        public let firstFrameMilliseconds: Double
        public let damaged: Int
        public let lost: Int
    }

    /// Nil where it is not loaded.
    public let module: Module?
    public let virtualCameras: [VirtualCamera]
    public let cameras: [Camera]
    /// What keeps the live picture from working, and what to do about it; nil where nothing does.
    public let obstacle: String?

    /// As JSON with sorted keys.
    public func json() throws -> String { try ReportText.json(self) }
}
