internal import CV4L2
internal import Glibc

extension VideoDevice {
    /// What woke a wait.
    public struct Readiness: OptionSet, Sendable {
        public let rawValue: Int32
        public init(rawValue: Int32) { self.rawValue = rawValue }
        /// A picture can be taken.
        public static let picture = Readiness(rawValue: Int32(POLLIN))
        /// A picture can be given.
        public static let room = Readiness(rawValue: Int32(POLLOUT))
        public static let event = Readiness(rawValue: Int32(POLLPRI))
        /// The stream is broken or the device is gone; the next call says which.
        public static let failure = Readiness(rawValue: Int32(POLLERR) | Int32(POLLHUP) | Int32(POLLNVAL))
    }

    /// Waits until one of `wanted` or a failure is there.
    ///
    /// - Returns: empty once `milliseconds` have passed, or where a signal came.
    public func wait(for wanted: Readiness, milliseconds: Int) throws(VideoDeviceError) -> Readiness {
        var request = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: wanted.rawValue), revents: 0)
        let count = poll(&request, 1, Int32(clamping: max(0, milliseconds)))
        if count < 0, errno != EINTR { throw VideoDeviceError(code: errno, operation: "wait") }
        return count > 0 ? Readiness(rawValue: Int32(request.revents)) : []
    }

    /// Asks v4l2loopback to say how many programs read the device, now and after each change.
    ///
    /// - Throws: where the driver has no such event: v4l2loopback before 0.13, and every other one.
    public func subscribeToReaders() throws(VideoDeviceError) {
        var subscription = v4l2_event_subscription()
        subscription.type = matte_loopback_client_usage
        subscription.flags = UInt32(V4L2_EVENT_SUB_FL_SEND_INITIAL)
        try call(matte_subscribe_event, &subscription, "subscribe to the number of readers")
    }

    /// The number of readers in the newest event that waits; nil where none does.
    public func takeReaderEvents() throws(VideoDeviceError) -> Int? {
        var newest: Int?
        while try wait(for: .event, milliseconds: 0).contains(.event) {
            var event = v4l2_event()
            try call(matte_dqevent, &event, "take an event")
            guard event.type == matte_loopback_client_usage else { continue }
            newest = Int(withUnsafeBytes(of: event.u) { $0.load(as: UInt32.self) })
        }
        return newest
    }

    /// Whether v4l2loopback keeps its format when the writer goes; nil where it does not say.
    public var keepsFormat: Bool? { control(matte_loopback_keep_format).map { $0 != 0 } }
}
