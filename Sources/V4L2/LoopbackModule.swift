internal import CV4L2
internal import Glibc

/// The kernel module v4l2loopback, as it is loaded.
public struct LoopbackModule: Sendable, Hashable {
    /// "0.12.7".
    public let version: String
    /// Whether its devices show themselves as cameras only while they are written to, one by one; empty where the
    /// system does not say.
    public let exclusiveCaps: [Bool]

    /// Nil where the module is not loaded.
    public init?() {
        let folder = "/sys/module/v4l2loopback"
        guard let version = SystemFile.line("\(folder)/version") else { return nil }
        self.init(version: version, parameters: SystemFile.line("\(folder)/parameters/exclusive_caps") ?? "")
    }

    /// - Parameter parameters: "Y,N,N", one letter for each device the module may have.
    init(version: String, parameters: String) {
        self.version = version
        exclusiveCaps = parameters.split(separator: ",").map { $0 == "Y" || $0 == "1" }
    }

    /// The module's control device, which adds and removes virtual cameras (from 0.13).
    public static let controlPath = "/dev/v4l2loopback"

    /// Adds a virtual camera that shows itself as a camera only while it is written to.
    ///
    /// - Parameters:
    ///   - number: of `/dev/videoN`; nil for any that is free.
    ///   - label: its name for people; at most 31 bytes are kept.
    /// - Returns: the number of its `/dev/videoN`.
    public static func addDevice(number: Int?, label: String) throws(VideoDeviceError) -> Int {
        var configuration = matte_loopback_config()
        configuration.output_nr = number.map { Int32(clamping: $0) } ?? -1
        configuration.capture_nr = configuration.output_nr
        withUnsafeMutableBytes(of: &configuration.card_label) { $0.copyBytes(from: label.utf8.prefix($0.count - 1)) }
        return try withUnsafePointer(to: configuration) { pointer throws(VideoDeviceError) in
            try control(matte_loopback_add, UInt(bitPattern: pointer), "add a virtual camera")
        }
    }

    /// Takes a virtual camera away that nobody has open.
    public static func removeDevice(number: Int) throws(VideoDeviceError) {
        _ = try control(matte_loopback_remove, UInt(number), "remove a virtual camera")
    }

    private static func control(
        _ request: UInt, _ argument: UInt, _ operation: String
    ) throws(VideoDeviceError) -> Int {
        let descriptor = open(controlPath, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw VideoDeviceError(code: errno, operation: operation) }
        defer { close(descriptor) }
        let answer = matte_loopback_control(descriptor, request, argument)
        guard answer >= 0 else { throw VideoDeviceError(code: Int32(clamping: -answer), operation: operation) }
        return answer
    }
}
