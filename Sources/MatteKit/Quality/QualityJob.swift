public import Frames
import Metrics

/// Looks for what may be wrong with a clip's mattes, without the true ones. Memory does not grow with the pictures of
/// the clip.
///
/// `run` blocks. An object may run more than once.
public struct QualityJob: Sendable {
    private let options: QualityOptions
    private let isCancelled: @Sendable () -> Bool
    private let notice: NoticeHandler

    /// - Parameter isCancelled: asked between frames; true ends the run with `.interrupted`.
    public init(
        _ options: QualityOptions, isCancelled: @escaping @Sendable () -> Bool = { false },
        notice: @escaping NoticeHandler = { _ in }
    ) {
        self.options = options
        self.isCancelled = isCancelled
        self.notice = notice
    }

    /// - Parameter progress: called after every frame with the number of frames done, and of those expected.
    /// - Throws: `.badInput` for a clip that is damaged or no clip.
    public func run(progress: (Int, Int?) -> Void = { _, _ in }) throws -> QualityReport {
        let sheet = try options.contactSheet.map { try QualitySheet(options, path: $0, isCancelled: isCancelled) }
        let reader = try QualityReader(options, isCancelled: isCancelled, notice: notice)
        var inspector = QualityInspector()
        var seconds: [Double] = []
        var judged: [FrameQuality] = []
        while let item = try reader.next() {
            seconds.append(item.matte.timestamp.seconds)
            if let quality = inspector.add(item.matte.alpha, startsShot: item.startsShot) { judged.append(quality) }
            progress(seconds.count, reader.expectedFrames)
        }
        if let quality = inspector.finish() { judged.append(quality) }
        let report = QualityReport(
            clip: options.clip,
            frames: zip(seconds, judged).enumerated().map { .init(number: $0 + 1, seconds: $1.0, quality: $1.1) })
        try sheet?.write(report)
        return report
    }
}
