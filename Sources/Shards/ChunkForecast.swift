/// What cutting a clip would come to, before anybody looks for its cuts. As JSON, a line that a planner says to whoever
/// started it, so that only the planner opens the clip.
public struct ChunkForecast: Sendable, Hashable, Codable {
    private enum Event: String, Codable { case forecast }

    private var event = Event.forecast
    /// About how many chunks, if it has scene cuts enough, 2 or more; nil for a clip that stays whole.
    public var chunks: Int?
    /// Why a clip that is long enough to be cut stays whole, after "…, as"; nil for others.
    public var wholeReason: String?

    /// Without either, of a clip that is not long enough, or not to be read.
    init(chunks: Int? = nil, wholeReason: String? = nil) {
        (self.chunks, self.wholeReason) = (chunks, wholeReason)
    }
}
