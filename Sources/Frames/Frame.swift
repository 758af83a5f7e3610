/// One picture of a clip, with its time and the meaning of its numbers. Immutable, so it may cross threads.
///
/// The memory belongs to `storage`, which lives as long as any copy of the frame: FFmpeg's decoded buffer without a
/// copy, or a `FrameBuffer` of our own.
public struct Frame: Sendable {
    /// Rows of one plane. The pointer is valid while the frame lives; rows are `strideBytes` apart.
    public struct Plane: @unchecked Sendable {
        // Sendable: the memory behind `base` is never written after the frame is made.
        public let base: UnsafeRawPointer
        /// May be larger than the row, and negative for pictures stored bottom-up.
        public let strideBytes: Int

        public init(base: UnsafeRawPointer, strideBytes: Int) {
            self.base = base
            self.strideBytes = strideBytes
        }
    }

    public let size: Size
    public let format: PixelFormat
    /// As the source says it; `resolved(for:format:)` fills the gaps.
    public var color: ColorDescription
    public var timestamp: Timestamp
    /// Ticks of the timestamp's time base that the frame is shown; 0 where unknown.
    public var duration: Int64
    /// Shape of a pixel, width to height; unknown means square.
    public var sampleAspectRatio: Rational
    /// As many planes as `format.planeCount`.
    public let planes: [Plane]
    private let storage: any AnyObject & Sendable

    /// - Parameter storage: keeps the planes' memory alive and unchanged.
    public init(
        size: Size, format: PixelFormat, color: ColorDescription, timestamp: Timestamp, duration: Int64 = 0,
        sampleAspectRatio: Rational = .unknown, planes: [Plane], storage: any AnyObject & Sendable
    ) {
        self.size = size
        self.format = format
        self.color = color
        self.timestamp = timestamp
        self.duration = duration
        self.sampleAspectRatio = sampleAspectRatio
        self.planes = planes
        self.storage = storage
    }

    /// Calls `body` with a plane whose memory is certain to live until `body` returns.
    public func withPlane<Result, Failure: Error>(
        _ index: Int, _ body: (Plane) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(storage) {} }
        return try body(planes[index])
    }
}
