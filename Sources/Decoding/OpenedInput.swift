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
                media, copiesStreams: options.copiesStreams && options.segment == nil, isCancelled: isCancelled,
                notice: notice)
            feed = stream
            self.stream = stream
            timeBase = stream.video.timeBase
            frameRate =
                stream.video.averageFrameRate.isKnown ? stream.video.averageFrameRate : stream.video.nominalFrameRate
            startTicks = stream.video.startTicks ?? 0
            pictureCount = nil
            isPattern = media.formatName == "image2" && media.options["pattern_type"] != "none"
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

    /// Pictures come from files of one picture each, or from chains of them.
    var mayBeStill: Bool {
        guard let format = stream?.demuxer.container.formatName, !isPattern else { return false }
        return format.hasSuffix("_pipe") || format == "image2"
    }

    func info(first frame: Frame, range: TimeRange, frameLimit: Int?, isStill: Bool) -> ClipInfo {
        let container = (stream?.demuxer.container ?? ContainerInfo(formatName: "folder")).cut(
            from: range.first.map { _ in frame.timestamp },
            to: range.end.map { Timestamp(ticks: $0, timeBase: timeBase) })
        let total = isStill ? 1 : totalFrames()
        let seconds = durationSeconds(total: total, range: range)
        var expected = total
        if let seconds, range.first != nil || range.end != nil, frameRate.isKnown {
            expected = Int(clampingRounded: seconds * frameRate.doubleValue)
        }
        let profile = feed.properties?.iccProfile.flatMap { $0.isForRGB ? $0 : nil }
        if let frameLimit { expected = min(expected ?? frameLimit, frameLimit) }
        return ClipInfo(
            size: frame.size, format: frame.format, color: frame.color, timeBase: timeBase,
            averageFrameRate: frameRate, nominalFrameRate: stream?.video.nominalFrameRate ?? frameRate,
            sampleAspectRatio: frame.sampleAspectRatio, expectedFrames: expected,
            durationSeconds: limited(seconds, frameLimit), isStill: isStill, streams: stream?.copied ?? [],
            container: container, rotationDegrees: feed.orientation.degreesClockwise, iccProfile: profile,
            codecName: stream?.video.codecName ?? "pictures")
    }

    private func totalFrames() -> Int? {
        if let pictureCount { return pictureCount }
        guard let video = stream?.video, !mayBeStill else { return nil }
        if video.frameCount > 0 { return video.frameCount }
        guard let ticks = video.durationTicks, ticks > 0, frameRate.isKnown else { return nil }
        return max(1, Int(clampingRounded: Double(ticks) * timeBase.doubleValue * frameRate.doubleValue))
    }

    private func durationSeconds(total: Int?, range: TimeRange) -> Double? {
        let ticks = stream?.video.durationTicks ?? total.map { Int64($0) }
        let clipEnd = ticks.map { startTicks.clampedAdding($0) } ?? .max
        let end = min(range.end ?? .max, clipEnd)
        guard end != .max else { return nil }
        return max(0, Double(end.clampedAdding(0 &- (range.first ?? startTicks))) * timeBase.doubleValue)
    }

    private func limited(_ seconds: Double?, _ frameLimit: Int?) -> Double? {
        guard let frameLimit, frameRate.isKnown else { return seconds }
        let most = Double(frameLimit) / frameRate.doubleValue
        return min(seconds ?? most, most)
    }
}

extension Int {
    /// The nearest number to an estimate that may be nonsense.
    fileprivate init(clampingRounded value: Double) {
        self = value.isNaN ? 0 : Int(Swift.max(-0x1p62, Swift.min(0x1p62, value.rounded())))
    }
}
