import Presets

/// What is known of a clip before anybody looks for its cuts. Whoever asks for it first and plans the clip then opens it
/// once for both.
public struct ClipOutlook: Sendable {
    public let forecast: ChunkForecast
    /// Nil where the clip's options are wrong, or it cannot be opened.
    let prospect: ClipCutter.Prospect?

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
        let areSound = (try? clip.settings.apply(to: &options)) != nil
        prospect = areSound ? try? cutter.prospect(of: clip.input, options) : nil
        forecast =
            switch prospect {
            case nil, .short: ChunkForecast()
            case .whole(let reason): ChunkForecast(wholeReason: reason.words)
            case .long where options.verifies:
                ChunkForecast(wholeReason: "--verify compares the result with one run over the whole")
            case .long(let long): ChunkForecast(chunks: max(2, cutter.chunkCount(seconds: long.seconds)))
            }
    }
}
