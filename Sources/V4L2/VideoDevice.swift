internal import CV4L2
internal import Glibc

/// An open video device, `/dev/videoN`. Owns its descriptor and closes it when the last owner lets go.
///
/// Used by one thread at a time. Opening a camera does not start it: its light stays off until it streams.
public final class VideoDevice {
    public let path: String
    /// Whether libv4l2 stands between, which adds formats by converting others.
    public private(set) var isEmulated = false
    /// Valid while the device lives.
    public let descriptor: Int32

    /// Opens the device for reading and writing. Calls that would wait return at once; `wait` waits.
    public init(path: String) throws(VideoDeviceError) {
        descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else { throw VideoDeviceError(code: errno, operation: "open") }
    }

    /// Takes over an open device that another process handed down; it is the same opening to the driver.
    public init(inherited descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        if descriptor >= 0 { matte_v4l2_close(isEmulated, descriptor) }
    }

    /// Puts libv4l2 between the program and the device, for good.
    ///
    /// - Throws: `ENOSYS` where libv4l2 is not installed.
    public func emulateFormats() throws(VideoDeviceError) {
        guard !isEmulated else { return }
        let code = matte_v4l2_emulate(descriptor)
        guard code == 0 else { throw VideoDeviceError(code: code, operation: "add libv4l2's formats") }
        isEmulated = true
    }

    /// What the device is and what it does now; v4l2loopback's answer changes with its writers.
    public func capability() throws(VideoDeviceError) -> VideoCapability {
        var capability = v4l2_capability()
        try call(matte_querycap, &capability, "ask what the device can do")
        return VideoCapability(capability)
    }

    /// A control's value; nil where the device has no such control.
    public func control(_ identifier: UInt32) -> Int32? {
        var control = v4l2_control(id: identifier, value: 0)
        return matte_v4l2_call(isEmulated, descriptor, matte_g_ctrl, &control) == 0 ? control.value : nil
    }

    /// One request of linux/videodev2.h with its structure.
    func call<Argument>(
        _ request: UInt, _ argument: inout Argument, _ operation: @autoclosure () -> String
    ) throws(VideoDeviceError) {
        let code = withUnsafeMutablePointer(to: &argument) {
            matte_v4l2_call(isEmulated, descriptor, request, $0)
        }
        guard code == 0 else { throw VideoDeviceError(code: code, operation: operation()) }
    }

    /// Elements that a request gives by index, until it refuses one.
    func enumerate<Element>(_ element: (_ index: UInt32) throws(VideoDeviceError) -> Element) -> [Element] {
        var elements: [Element] = []
        // No device has thousands; a driver that never ends its list has one entry, again and again.
        while elements.count < 1024, let next = try? element(UInt32(elements.count)) { elements.append(next) }
        return elements
    }
}

/// The text in a fixed array of a C structure, up to its zero.
func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
