import Frames

/// Gives frames without a time one, and keeps times increasing.
struct FrameClock {
    private let timeBase: Rational
    private let name: String
    private let notice: NoticeHandler
    private var last: Int64?
    /// Frames whose time was not after that of the frame before.
    private(set) var repairs = 0
    /// Ticks of one frame at the clip's rate, at least 1.
    let usualDuration: Int64
    /// Ticks of a millisecond, at least 1: containers such as Matroska tell no shorter times apart.
    private let repairStep: Int64

    init(timeBase: Rational, frameRate: Rational, name: String, notice: @escaping NoticeHandler) {
        self.timeBase = timeBase
        self.name = name
        self.notice = notice
        let seconds = frameRate.isKnown ? 1 / frameRate.doubleValue : 0.04
        usualDuration = timeBase.isKnown ? max(1, Int64((seconds / timeBase.doubleValue).rounded())) : 1
        repairStep = timeBase.isKnown ? max(1, Int64((0.001 / timeBase.doubleValue).rounded(.up))) : 1
    }

    var hasSeenFrames: Bool { last != nil }

    /// The frame with a time later than that of the one before.
    mutating func timed(_ frame: Frame) -> Frame {
        var frame = frame
        var ticks = frame.timestamp.ticks
        if ticks == .min { ticks = last.map { $0.clampedAdding(usualDuration) } ?? 0 }
        // Once times were moved, those that follow may come too close as well.
        if let last, ticks <= last || repairs > 0 && ticks < last.clampedAdding(repairStep) {
            let seconds = (Timestamp(ticks: last, timeBase: timeBase).seconds * 100).rounded() / 100
            ticks = last.clampedAdding(repairStep)
            repairs += 1
            if repairs == 1 {
                notice("'\(name)' has times that go back near \(seconds) s; they are moved just behind those before")
            }
        }
        last = ticks
        frame.timestamp = Timestamp(ticks: ticks, timeBase: timeBase)
        return frame
    }

    /// Says how often times went back, once the clip is over.
    func sayTotal() {
        if repairs > 1 { notice("'\(name)': \(repairs) times that went back were moved") }
    }
}
