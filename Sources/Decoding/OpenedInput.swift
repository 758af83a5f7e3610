import FFmpeg
import Frames

/// An input after opening: the feed, and what its container says.
struct OpenedInput {
    let feed: any FrameFeed
    /// The feed where it is a file or stream; nil for a folder.
    let stream: StreamFeed?
    let timeBase: Rational
    let frameRate: Rational
    /// Ticks of the first picture as the container says.
    let startTicks: Int64
    private let pictureCount: Int?
    private let isPattern: Bool

    init(
        _ location: InputLocation, name: String, options: DecodingOptions,
        isCancelled: @escaping @Sendable () -> Bool, notice: @escaping NoticeHandler
    ) throws {
        switch location {
        case .media(let media):
            let stream = try StreamFeed(
                media, copiesStreams: options.copiesStreams, isCancelled: isCancelled, notice: notice)
            feed = stream
            self.stream = stream
            timeBase = stream.video.timeBase
            frameRate =
                stream.video.averageFrameRate.isKnown ? stream.video.averageFrameRate : stream.video.nominalFrameRate
            startTicks = stream.video.startTicks ?? 0
            pictureCount = nil
            isPattern = media.formatName == "image2"
        case .pictures(let paths):
            let rate = try Self.rate(options.inputOptions["framerate"])
            feed = PictureFeed(paths, rate: rate, isCancelled: isCancelled, notice: notice)
            stream = nil
            timeBase = Rational(rate.denominator, rate.numerator)
            frameRate = rate
            startTicks = 0
            pictureCount = paths.count
            isPattern = false
        }
    }

    /// 25 pictures per second unless asked for otherwise: "30" or "30000/1001".
    private static func rate(_ text: String?) throws(MatteError) -> Rational {
        guard let text else { return Rational(25, 1) }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int32($0) ?? 0 }
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0 > 0 }) else {
            throw MatteError(.usage, "--input-option framerate: '\(text)' is not a rate such as 30 or 30000/1001")
        }
        return Rational(parts[0], parts.count == 2 ? parts[1] : 1)
    }

    func info(first frame: Frame, range: TimeRange, frameLimit: Int?) -> ClipInfo {
        let orientation = stream?.video.orientation ?? .upright
        let container = stream?.demuxer.container ?? ContainerInfo(formatName: "folder")
        let total = totalFrames()
        let seconds = durationSeconds(total: total, range: range)
        var expected = total
        if let seconds, range.first != nil || range.end != nil, frameRate.isKnown {
            expected = Int((seconds * frameRate.doubleValue).rounded())
        }
        if let frameLimit { expected = min(expected ?? frameLimit, frameLimit) }
        let isPicture = container.formatName.hasSuffix("_pipe") || container.formatName == "image2"
        return ClipInfo(
            size: frame.size, format: frame.format, color: frame.color, timeBase: timeBase,
            averageFrameRate: frameRate, nominalFrameRate: stream?.video.nominalFrameRate ?? frameRate,
            sampleAspectRatio: frame.sampleAspectRatio, expectedFrames: expected, durationSeconds: seconds,
            isStill: isPicture && !isPattern, streams: stream?.copied ?? [], container: container,
            rotationDegrees: orientation.degreesClockwise, codecName: stream?.video.codecName ?? "pictures")
    }

    private func totalFrames() -> Int? {
        if let pictureCount { return pictureCount }
        guard let video = stream?.video else { return nil }
        if video.frameCount > 0 { return video.frameCount }
        guard let ticks = video.durationTicks, ticks > 0, frameRate.isKnown else { return nil }
        return max(1, Int((Double(ticks) * timeBase.doubleValue * frameRate.doubleValue).rounded()))
    }

    private func durationSeconds(total: Int?, range: TimeRange) -> Double? {
        let ticks = stream?.video.durationTicks ?? total.map { Int64($0) }
        let end = min(range.end ?? .max, ticks.map { startTicks + $0 } ?? .max)
        guard end != .max else { return nil }
        return max(0, Double(end - (range.first ?? startTicks)) * timeBase.doubleValue)
    }
}
