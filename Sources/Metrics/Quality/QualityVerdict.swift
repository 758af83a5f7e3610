/// What of a clip should be looked at.
public struct QualityVerdict: Sendable {
    /// Frames in a row with the same flag.
    public struct Event: Sendable, Codable, Equatable {
        public let flag: QualityFlag
        /// From 1; both count.
        public var firstFrame: Int
        public var lastFrame: Int
        /// Where the value is largest.
        public var worstFrame: Int
        /// The largest value over the flag's threshold: at least 1.
        public var severity: Double
    }

    /// In the order of their first frames.
    public let events: [Event]
    /// The sides that the subject touches in most of the frames: a portrait's lower one. They count for nothing.
    public let usualSides: [BorderContact.Side]

    /// - Parameter frames: all of the clip's, in order.
    public init(_ frames: [FrameQuality]) {
        var tally = QualityTally()
        for frame in frames { tally.add(frame, seconds: 0) }
        let (usual, isEmpty) = (tally.usualSides, tally.isEmpty)
        usualSides = usual
        let values: [[QualityFlag: Double]] = frames.indices.map { index in
            let frame = frames[index]
            let didFlicker = index > 0 && frames[index - 1].flickers
            let unusual = BorderContact.Side.allCases.filter { !usual.contains($0) }.map { frame.border[$0] }.max()
            return [
                .flicker: frame.flicker, .hole: frame.hole, .jump: frame.jump(afterFlicker: didFlicker),
                .border: unusual ?? 0, .empty: isEmpty ? 1 : 0,
            ]
        }
        events = QualityFlag.allCases.flatMap { flag in Self.events(flag, values.map { $0[flag] ?? 0 }) }
            .sorted { ($0.firstFrame, $0.flag.rawValue) < ($1.firstFrame, $1.flag.rawValue) }
    }

    private static func events(_ flag: QualityFlag, _ values: [Double]) -> [Event] {
        var events: [Event] = []
        for (index, value) in values.enumerated() where value >= flag.threshold {
            let (number, severity) = (index + 1, value / flag.threshold)
            guard var last = events.last, last.lastFrame == index else {
                events.append(
                    Event(
                        flag: flag, firstFrame: number, lastFrame: number, worstFrame: number, severity: severity))
                continue
            }
            last.lastFrame = number
            if severity > last.severity { (last.worstFrame, last.severity) = (number, severity) }
            events[events.count - 1] = last
        }
        return events
    }

    /// The events with the largest severity, one for each frame, the worst first.
    public func worst(_ count: Int) -> [Event] {
        var seen: Set<Int> = []
        return Array(
            events.sorted { ($0.severity, $1.worstFrame) > ($1.severity, $0.worstFrame) }
                .filter { seen.insert($0.worstFrame).inserted }.prefix(count))
    }
}
