import Decoding
import Encoding
public import Frames
import Pipeline
import Pixels
import Plates
import Presets

/// Makes a clean plate, one picture, from a clip of an empty room. `run` blocks; `cancel` may be called from any thread.
public final class PlateJob: Sendable {
    private let options: RunOptions
    private let notice: NoticeHandler
    private let state = RunState()

    /// - Parameter options: input, output, the input's options and those of the encoder count.
    public init(_ options: RunOptions, notice: @escaping NoticeHandler = { _ in }) {
        self.options = options
        self.notice = notice
    }

    public func cancel() { state.cancel() }

    /// - Throws: `MatteError`; no output exists under its name then.
    public func run() throws {
        guard !RunOptions.isSameFile(options.input, options.output) else {
            throw MatteError(
                .usage, "the output '\(options.output)' is the input", advice: "choose another name for the output")
        }
        let state = state
        do {
            let loader = JobPlate(name: options.input, notice: notice, isCancelled: { state.isStopped })
            let plate = try loader.plate(for: nil, options: options.decoding)
            try write(plate)
        } catch {
            throw state.error ?? error
        }
    }

    private func write(_ plate: CleanPlate) throws {
        let video = VideoDescription(
            size: plate.size, timeBase: Rational(1, 25), averageFrameRate: Rational(25, 1), depth: 16)
        let plan = try OutputPlan(path: options.output, video: video, options: options.encoding)
        let writer = try ClipWriter(plan: plan, video: video, notice: notice)
        let frames = FrameWriter(pool: FramePool(size: plate.size, format: plan.format), color: plan.color)
        let frame = try frames.write(
            plate.picture, timestamp: Timestamp(ticks: 0, timeBase: video.timeBase), duration: 1)
        do {
            try writer.write(frame)
            _ = try writer.finish()
        } catch {
            writer.abandon()
            throw error
        }
    }
}
