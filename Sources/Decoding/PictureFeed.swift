import FFmpeg
import Frames

/// The pictures of a folder, each opened by itself, so that sizes may differ and numbers may be missing.
final class PictureFeed: FrameFeed {
    private let paths: [String]
    private let timeBase: Rational
    private let isCancelled: @Sendable () -> Bool
    private let notice: NoticeHandler
    private var index = 0
    private(set) var damagedPackets = 0
    /// Of the last picture.
    private(set) var orientation = Orientation.upright
    private(set) var properties: PictureProperties?

    /// - Parameter rate: pictures per second.
    init(
        _ paths: [String], rate: Rational, isCancelled: @escaping @Sendable () -> Bool,
        notice: @escaping NoticeHandler
    ) {
        self.paths = paths
        timeBase = Rational(rate.denominator, rate.numerator)
        self.isCancelled = isCancelled
        self.notice = notice
    }

    func next() throws -> DecodedItem? {
        while index < paths.count {
            if isCancelled() { throw MatteError(.interrupted, "interrupted") }
            let path = paths[index]
            defer { index += 1 }
            // What is wrong with a picture that is left out anyway needs no words of its own.
            let heard = Protected<[String]>([])
            do {
                let feed = try StreamFeed(
                    InputLocation.file(path, name: path, analyzes: false), copiesStreams: false,
                    isCancelled: isCancelled, notice: { words in heard.withLock { $0.append(words) } })
                guard case .frame(var frame)? = try feed.next() else {
                    throw MatteError(.badInput, "'\(path)' holds no picture that can be decoded")
                }
                damagedPackets += feed.damagedPackets
                orientation = feed.orientation
                properties = feed.properties
                for words in heard.withLock({ $0 }) { notice(words) }
                frame.timestamp = Timestamp(ticks: Int64(index), timeBase: timeBase)
                frame.duration = 1
                return .frame(frame)
            } catch let error as MatteError where error.kind == .badInput || error.kind == .noInput {
                damagedPackets += 1
                notice("\(error.message); the picture is left out")
            }
        }
        return nil
    }
}
