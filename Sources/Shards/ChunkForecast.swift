import Decoding
import Encoding
import MatteKit
import Presets

/// What cutting a clip would come to, before anybody looks for its cuts. As JSON, a line that a planner says to whoever
/// started it, so that only the planner opens the clip.
public struct ChunkForecast: Sendable, Hashable, Codable {
    private enum Event: String, Codable { case forecast }

    private var event = Event.forecast
    /// About how many chunks, if it has scene cuts enough, 2 or more; nil for a clip that stays whole.
    public var chunks: Int?
    /// Why a clip that is long enough to be cut stays whole, after "…, as"; nil for others.
    public var wholeReason: String?

    /// Of a clip that is not long enough, or not to be read.
    init() {}

    /// No more than the clip's first picture is decoded.
    ///
    /// - Parameters:
    ///   - clip: the name of its output says whether chunks could be joined.
    ///   - chunkSeconds: how long a chunk should be.
    public init(of clip: PlanRequest.Clip, chunkSeconds: Double, isCancelled: @escaping @Sendable () -> Bool) {
        var request = PlanRequest(folder: "", clips: [], program: "")
        request.chunkSeconds = chunkSeconds
        let cutter = ClipCutter(request: request, isCancelled: isCancelled)
        var options = RunOptions(input: clip.input, output: clip.output)
        guard (try? clip.settings.apply(to: &options)) != nil,
            let prospect = try? cutter.prospect(of: clip.input, options)
        else { return }
        switch prospect {
        case .short: break
        case .whole(let reason): wholeReason = reason.words
        case .long where options.verifies: wholeReason = "--verify compares the result with one run over the whole"
        case .long(let long): chunks = max(2, cutter.chunkCount(seconds: long.seconds))
        }
    }
}
