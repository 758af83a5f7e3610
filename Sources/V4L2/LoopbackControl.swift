internal import CV4L2
internal import Glibc

/// v4l2loopback's control device, which adds virtual cameras. Nil for a module that has none with a known layout.
public struct LoopbackControl: Sendable, Hashable {
    public static let path = "/dev/v4l2loopback"

    /// With which the module is asked for another device.
    let addRequest: UInt

    /// - Parameter version: of the module: "0.15.4", or "v0.14.0-12-g0123456" of one that was built from its sources.
    public init?(version: String) {
        let numbers = version.drop { !$0.isWholeNumber }.split(separator: ".").prefix(2).map { part in
            Int(part.prefix { $0.isASCII && $0.isWholeNumber }) ?? 0
        }
        guard numbers.count == 2 else { return nil }
        // 0.13 brought it; modules that call themselves 0.12 and have it are from in between, when its layout changed.
        // 0.15 gave its requests the numbers of Linux's scheme, and takes the earlier ones for the time being.
        switch (numbers[0], numbers[1]) {
        case (0, ..<13): return nil
        case (0, ..<15): addRequest = matte_loopback_add_before_0_15
        default: addRequest = matte_loopback_add
        }
    }

    /// Adds a virtual camera that shows itself as a camera only while it is written to.
    ///
    /// - Parameters:
    ///   - number: of `/dev/videoN`; nil for any that is free.
    ///   - label: its name for people; at most 31 bytes are kept.
    /// - Returns: the number of its `/dev/videoN`.
    public func addDevice(number: Int?, label: String) throws(VideoDeviceError) -> Int {
        let operation = "add a virtual camera"
        let descriptor = open(Self.path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw VideoDeviceError(code: errno, operation: operation) }
        defer { close(descriptor) }
        var configuration = Self.configuration(number: number, label: label)
        let answer = matte_loopback_control(descriptor, addRequest, &configuration)
        guard answer >= 0 else { throw VideoDeviceError(code: Int32(clamping: -answer), operation: operation) }
        return answer
    }

    /// Numbers and label have the same place in every version; in the rest, which has not, 0 is the module's own choice,
    /// and for its capabilities what `exclusive_caps=1` is.
    static func configuration(number: Int?, label: String) -> matte_loopback_config {
        var configuration = matte_loopback_config()
        configuration.output_nr = number.map { Int32(clamping: $0) } ?? -1
        configuration.capture_nr = configuration.output_nr
        withUnsafeMutableBytes(of: &configuration.card_label) { $0.copyBytes(from: label.utf8.prefix($0.count - 1)) }
        return configuration
    }
}
