internal import Glibc

/// A call that a video device refused.
public struct VideoDeviceError: Error, Sendable, Hashable {
    /// The system's `errno`.
    public let code: Int32
    /// What was being done: "open", "set the format".
    public let operation: String

    public init(code: Int32, operation: String) {
        self.code = code
        self.operation = operation
    }

    /// Nobody answers at the other end: unplugged, or its driver was taken away.
    public var isVanished: Bool { code == ENODEV || code == ENXIO }
    /// Another program has what was asked for.
    public var isBusy: Bool { code == EBUSY }
    public var isForbidden: Bool { code == EACCES || code == EPERM }
    public var isMissing: Bool { code == ENOENT }
    /// Its USB bus cannot carry what was asked for.
    public var isOutOfBandwidth: Bool { code == ENOSPC }
    /// The stream broke, but the device is there: a fresh stream may work.
    public var isStreamBroken: Bool { code == EIO || code == EPIPE || code == EPROTO }
    /// The driver does not do what was asked for.
    public var isRefusal: Bool { code == EINVAL || code == ENOTTY || code == ENOSYS }

    /// The driver did not answer in time.
    public static func timedOut(_ operation: String) -> VideoDeviceError {
        VideoDeviceError(code: ETIMEDOUT, operation: operation)
    }

    /// The system's words, "device or resource busy".
    public var words: String {
        let text = String(cString: strerror(code))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
