internal import CFFmpeg
public import Frames

/// Compressed data of one stream, as it lies in the file. Owns its memory; immutable once it has left the demuxer, so
/// it may cross threads.
public final class Packet: @unchecked Sendable {
    // Sendable: filled by the demuxer before anybody else sees it, only read afterwards.
    static let noTime = matte_no_pts

    let pointer: UnsafeMutablePointer<AVPacket>
    /// Seconds per tick of `pts`, `dts` and `duration`.
    public let timeBase: Rational

    init(timeBase: Rational = .unknown) throws(MatteError) {
        guard let pointer = av_packet_alloc() else { throw MatteError(.internal, "out of memory") }
        self.pointer = pointer
        self.timeBase = timeBase
    }

    /// Takes the contents over from `source`, which is empty afterwards.
    convenience init(moving source: UnsafeMutablePointer<AVPacket>, timeBase: Rational) throws(MatteError) {
        try self.init(timeBase: timeBase)
        av_packet_move_ref(pointer, source)
    }

    deinit {
        var owned: UnsafeMutablePointer<AVPacket>? = pointer
        av_packet_free(&owned)
    }

    /// Index of the stream in the input.
    public var streamIndex: Int { Int(pointer.pointee.stream_index) }
    /// Nil where the file does not say.
    public var pts: Int64? { pointer.pointee.pts == Self.noTime ? nil : pointer.pointee.pts }
    public var dts: Int64? { pointer.pointee.dts == Self.noTime ? nil : pointer.pointee.dts }
    /// Ticks; 0 where the file does not say.
    public var duration: Int64 { pointer.pointee.duration }
    public var isKey: Bool { pointer.pointee.flags & AV_PKT_FLAG_KEY != 0 }
    public var byteCount: Int { Int(pointer.pointee.size) }
    /// The demuxer saw that something is missing from it.
    public var isCorrupt: Bool { pointer.pointee.flags & AV_PKT_FLAG_CORRUPT != 0 }

    /// The payload, valid during `body`.
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: pointer.pointee.data, count: byteCount))
    }

    /// The same payload with another decoding time and duration.
    public func retimed(dts: Int64, duration: Int64) throws(MatteError) -> Packet {
        let copy = try Packet(timeBase: timeBase)
        guard av_packet_ref(copy.pointer, pointer) >= 0 else { throw MatteError(.internal, "out of memory") }
        copy.pointer.pointee.dts = dts
        copy.pointer.pointee.duration = duration
        return copy
    }

    /// The same payload `ticks` earlier.
    public func shifted(earlierBy ticks: Int64) throws(MatteError) -> Packet {
        let copy = try Packet(timeBase: timeBase)
        guard av_packet_ref(copy.pointer, pointer) >= 0 else { throw MatteError(.internal, "out of memory") }
        // Wrapping: a damaged file's times may be anything.
        if let pts { copy.pointer.pointee.pts = pts &- ticks }
        if let dts { copy.pointer.pointee.dts = dts &- ticks }
        return copy
    }
}
