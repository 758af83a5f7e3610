public import Encoding
public import Frames

/// A file or a pipe in the virtual camera's place.
public final class ClipSink: LiveSink {
    public let name: String
    public let format: PixelFormat
    private let writer: ClipWriter

    /// - Parameters:
    ///   - path: as for `matte run`; a pipe or `-` needs an output format.
    ///   - rate: pictures per second.
    ///   - color: of the pictures, complete.
    /// - Throws: what `OutputPlan` and `ClipWriter` throw.
    public init(
        path: String, size: Size, rate: Rational, color: ColorDescription, options: EncodingOptions,
        notice: @escaping NoticeHandler
    ) throws {
        let video = VideoDescription(
            size: size, timeBase: Rational(rate.denominator, rate.numerator), averageFrameRate: rate,
            sampleAspectRatio: .unknown, color: color, depth: 8, wantsAlpha: false, isGray: false)
        let plan = try OutputPlan(path: path, video: video, options: options)
        name = path
        format = plan.format
        writer = try ClipWriter(plan: plan, video: video, notice: notice)
    }

    public func write(_ frame: Frame) throws { try writer.write(frame) }
    public func finish() throws { _ = try writer.finish() }
}
