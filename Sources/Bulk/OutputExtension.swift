internal import Compositing
internal import Encoding
internal import Frames
internal import Presets

/// Chooses `{ext}`: the input's own where the options can be written into such a file, else the first that can.
struct OutputExtension {
    private let options: RunOptions
    private var chosen: [String: String] = [:]

    init(_ options: RunOptions) { self.options = options }

    mutating func choose(forInput input: String) -> String {
        let own = FileName(ofInput: input).fileExtension.lowercased()
        if let known = chosen[own] { return known }
        let candidates = [own, "mp4", "mov", "webm", "mkv", "png"].filter { !$0.isEmpty }
        let best = candidates.first(where: canWrite) ?? "mp4"
        chosen[own] = best
        return best
    }

    private func canWrite(_ fileExtension: String) -> Bool {
        // Nothing can be at this path, so only the name counts.
        let path = "/dev/null/clip." + fileExtension
        if options.background == .transparent {
            return OutputPlan.canCarryAlpha(path: path, options: options.encoding)
        }
        let video = VideoDescription(
            size: Size(width: 64, height: 64), timeBase: Rational(1, 25), averageFrameRate: Rational(25, 1))
        return (try? OutputPlan(path: path, video: video, options: options.encoding)) != nil
    }
}
