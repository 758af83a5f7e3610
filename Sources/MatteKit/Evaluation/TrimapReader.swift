import Decoding
import Frames
import Metrics

/// Reads the unknown parts of trimaps: of one picture for a whole clip, or of one for each frame.
final class TrimapReader {
    let path: String
    private let source: MatteSource
    private var last: UnknownRegion?
    private var hasSaidValues = false
    private let notice: NoticeHandler

    init(
        _ path: String, frameLimit: Int?, isCancelled: @escaping @Sendable () -> Bool, notice: @escaping NoticeHandler
    ) throws {
        self.path = path
        self.notice = notice
        source = try MatteSource(path, frameLimit: frameLimit, isCancelled: isCancelled, notice: notice)
    }

    /// The next frame's unknown part; a single picture's again and again.
    func next() throws -> UnknownRegion {
        if let matte = try source.next() {
            let region = UnknownRegion(of: matte.alpha)
            if !region.isExact, !hasSaidValues {
                hasSaidValues = true
                notice("'\(path)' has other values than 0, 128 and 255; each is taken as the nearest of them")
            }
            last = region
            return region
        }
        guard let last, source.count == 1 else {
            throw MatteError(
                .badInput, "the trimap '\(path)' ends after \(source.count) frames, the clip goes on",
                advice: "give one picture for all frames, or one for each")
        }
        return last
    }
}
