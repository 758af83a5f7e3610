public import Frames

/// Where the show goes: a virtual camera, a file, a pipe, or nowhere. Used by one thread at a time.
public protocol LiveSink: AnyObject {
    /// For messages and `status`.
    var name: String { get }
    /// What `write` takes. The size and rate are fixed as long as the sink is open.
    var format: PixelFormat { get }
    /// What is to be seen when this process dies before `finish`, as far as the sink can see to that.
    func keep(_ card: Frame)
    /// Shows the frame until the next one.
    func write(_ frame: Frame) throws
    /// Ends the output; nothing is written afterwards.
    func finish() throws
}

extension LiveSink {
    public func keep(_ card: Frame) {}
}

/// An output that takes everything and keeps nothing, for measuring.
public final class NullSink: LiveSink {
    public let name = "null"
    public let format = PixelFormat.yuv420()

    public init() {}
    public func write(_ frame: Frame) {}
    public func finish() {}
}

/// Tells whether somebody reads the output.
public protocol Audience: AnyObject, Sendable {
    var isPresent: Bool { get }
}
