public import Decoding
public import FFmpeg
public import Frames
public import Matting

/// Where frames come from. Used by one thread at a time, as are the other parts.
public protocol ClipSource: AnyObject {
    /// The next frame or copied packet; nil at the end.
    func next() throws -> DecodedItem?
    /// Packets that were lost so far.
    var damagedPackets: Int { get }
}

/// Turns frames into matted frames, in order; may hold frames back until it has seen more.
public protocol FrameMatter: AnyObject {
    func process(_ frame: Frame, emit: (MattedFrame) throws -> Void) throws
    /// Emits what was held back.
    func finish(emit: (MattedFrame) throws -> Void) throws
    var shotCount: Int { get }
}

/// Turns a matted frame into the pictures of all outputs, in the order of the sinks.
public protocol FrameRenderer: AnyObject {
    func render(_ matted: MattedFrame) throws -> [Frame]
}

/// Where pictures and packets go: one output.
public protocol ClipSink: AnyObject {
    func write(_ frame: Frame) throws
    func write(_ packet: Packet) throws
    /// Takes packets of copied streams.
    var copiesStreams: Bool { get }
    /// Completes the output under its name.
    func finish() throws
    /// Removes what was written so far; may be called more than once.
    func abandon()
}

extension ClipDecoder: ClipSource {}
extension MattingStage: FrameMatter {}
