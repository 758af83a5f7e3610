import Encoding
import Foundation
import Frames
import Synchronization
import TestSupport

/// A folder of one test, gone with it.
final class Scratch: Sendable {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func callAsFunction(_ name: String) -> String { folder.path("") + "/" + name }

    /// Names of what is there, hidden ones too.
    var contents: [String] { contents("") }

    func contents(_ name: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: self(name)))?.sorted() ?? []
    }

    func data(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: self(name))) }
}

/// Collects notices.
final class Notices: Sendable {
    private let list = Mutex<[String]>([])
    var all: [String] { list.withLock { $0 } }
    var handler: NoticeHandler { { text in self.list.withLock { $0.append(text) } } }
}

extension VideoDescription {
    static func small(
        _ size: Size = Size(width: 80, height: 64), timeBase: Rational = Rational(1, 25),
        rate: Rational = Rational(25, 1), depth: Int = 8, wantsAlpha: Bool = false, isGray: Bool = false
    ) -> VideoDescription {
        VideoDescription(
            size: size, timeBase: timeBase, averageFrameRate: rate,
            color: ColorDescription(matrix: .bt709, range: .limited, primaries: 1, transfer: 1), depth: depth,
            wantsAlpha: wantsAlpha, isGray: isGray)
    }
}

extension EncodingOptions {
    static func with(_ change: (inout EncodingOptions) -> Void) -> EncodingOptions {
        var options = EncodingOptions()
        change(&options)
        return options
    }
}

/// Writes ramps at the given times, and gives them back.
@discardableResult
func writeRamps(
    to path: String, _ video: VideoDescription, options: EncodingOptions = .init(), times: [Int64] = [0, 1, 2, 3, 4],
    lastDuration: Int64 = 1, notice: @escaping NoticeHandler = { _ in }
) throws -> (plan: OutputPlan, frames: [Frame], clip: WrittenClip) {
    let plan = try OutputPlan(path: path, video: video, options: options)
    let writer = try ClipWriter(plan: plan, video: video, recordsExpectation: true, notice: notice)
    var frames: [Frame] = []
    for (number, ticks) in times.enumerated() {
        let duration = number + 1 < times.count ? times[number + 1] - ticks : lastDuration
        let frame = Pictures.ramp(
            video.size, plan.format, color: plan.color, number: number, ticks: ticks, timeBase: video.timeBase,
            duration: duration)
        try writer.write(frame)
        frames.append(frame)
    }
    return (plan, frames, try writer.finish())
}

/// The error that `body` throws; nil where it throws none of ours.
func matteError(_ body: () throws -> Void) -> MatteError? {
    do {
        try body()
    } catch let error as MatteError {
        return error
    } catch {}
    return nil
}
