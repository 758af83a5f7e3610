internal import Decoding

/// The video devices of the machine, for programs: what `matte devices --json` prints.
public struct DeviceList: Sendable, Codable {
    public struct Device: Sendable, Codable {
        public let path: String
        public let name: String
        public let driver: String
        public let bus: String
        /// Gives pictures now.
        public let isCamera: Bool
        /// Takes pictures now.
        public let isOutput: Bool
        /// Made by v4l2loopback.
        public let isVirtual: Bool
        public let formats: [Format]
        /// Why nothing more is known of it.
        public let problem: String?
    }

    public struct Format: Sendable, Codable {
        /// Video4Linux's four characters, "YUYV".
        public let format: String
        public let title: String
        public let isCompressed: Bool
        /// Whether matte can take pictures of it.
        public let isUsable: Bool
        public let sizes: [Mode]
    }

    /// A size, or all sizes from one to another.
    public struct Mode: Sendable, Codable {
        public let width: Int
        public let height: Int
        /// Only for a range.
        public let largestWidth: Int?
        public let largestHeight: Int?
        /// Frames per second; slowest and fastest where `anyRate`.
        public let rates: [Double]
        public let anyRate: Bool
    }

    public let devices: [Device]

    /// Those of this machine. Cameras stay off.
    public init() { self.init(CameraDevice.list()) }

    init(_ devices: [CameraDevice]) { self.devices = devices.map(Device.init) }

    /// As JSON with sorted keys.
    public func json() throws -> String { try ReportText.json(self) }
}

extension DeviceList.Device {
    init(_ device: CameraDevice) {
        self.init(
            path: device.path, name: device.name, driver: device.driver, bus: device.bus, isCamera: device.isCamera,
            isOutput: device.isOutput, isVirtual: device.isLoopback,
            formats: device.offers.map(DeviceList.Format.init), problem: device.problem)
    }
}

extension DeviceList.Format {
    init(_ offer: CameraOffer) {
        self.init(
            format: offer.format, title: offer.title, isCompressed: offer.isCompressed, isUsable: offer.isUsable,
            sizes: offer.modes.map(DeviceList.Mode.init))
    }
}

extension DeviceList.Mode {
    init(_ mode: CameraOffer.Mode) {
        self.init(
            width: mode.smallest.width, height: mode.smallest.height,
            largestWidth: mode.isRange ? mode.largest.width : nil,
            largestHeight: mode.isRange ? mode.largest.height : nil, rates: mode.rates.map(\.doubleValue),
            anyRate: mode.isRateRange)
    }
}
