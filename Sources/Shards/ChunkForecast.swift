public import Presets

/// What cutting a clip would come to, before anybody looks for its cuts.
public struct ChunkForecast {
    private let cutter: ClipCutter

    /// - Parameter chunkSeconds: how long a chunk should be.
    public init(chunkSeconds: Double) {
        var request = PlanRequest(folder: "", clips: [], program: "")
        request.chunkSeconds = chunkSeconds
        cutter = ClipCutter(request: request, isCancelled: { false })
    }

    /// About how many chunks the clip would be cut into if it has scene cuts enough; 1 for one that stays whole: that is
    /// short, cannot be cut, or cannot be read. No more than its first picture is decoded.
    ///
    /// - Parameters:
    ///   - output: its name says whether chunks could be joined.
    ///   - settings: all other options.
    public func chunks(of input: String, output: String, settings: [RunSetting]) -> Int {
        var options = RunOptions(input: input, output: output)
        guard (try? settings.apply(to: &options)) != nil else { return 1 }
        return (try? cutter.expectedChunks(input, options: options)) ?? 1
    }
}
