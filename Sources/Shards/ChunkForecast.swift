public import Presets

/// What cutting a clip would come to, before anybody looks for its cuts.
public struct ChunkForecast {
    public enum Answer: Sendable, Hashable {
        /// Not long enough to be cut, or not to be read.
        case short
        /// Long enough, but it cannot be cut; why, after "…, as".
        case whole(reason: String)
        /// About how many chunks, if it has scene cuts enough; 2 or more.
        case chunks(Int)
    }

    private let cutter: ClipCutter

    /// - Parameter chunkSeconds: how long a chunk should be.
    public init(chunkSeconds: Double) {
        var request = PlanRequest(folder: "", clips: [], program: "")
        request.chunkSeconds = chunkSeconds
        cutter = ClipCutter(request: request, isCancelled: { false })
    }

    /// No more than the clip's first picture is decoded.
    ///
    /// - Parameters:
    ///   - output: its name says whether chunks could be joined.
    ///   - settings: all other options.
    public func answer(for input: String, output: String, settings: [RunSetting]) -> Answer {
        var options = RunOptions(input: input, output: output)
        guard (try? settings.apply(to: &options)) != nil, let prospect = try? cutter.prospect(of: input, options)
        else { return .short }
        switch prospect {
        case .short: return .short
        case .whole(let reason): return .whole(reason: reason.words)
        case .long(let clip): return .chunks(max(2, cutter.chunkCount(seconds: clip.seconds)))
        }
    }
}
