internal import Frames
internal import Shards

/// What a bulk run would do about one clip.
public struct BulkForecast: Sendable, Codable {
    public let input: String
    /// Paths as they would be written, the main one first.
    public let outputs: [String]
    /// Whether it would be done; false for what is done already.
    public let isToDo: Bool
    /// "new", "the input changed", …; "done" where nothing is to do.
    public let reason: String
    /// About how many chunks it would be cut into, to be done side by side, if it has scene cuts enough; nil for a clip
    /// that one worker would do.
    public let chunks: Int?
    /// Why a clip that is long enough to be cut would stay whole; nil for others.
    public let wholeReason: String?

    init(_ clip: BulkClip, folder: String, decision: Decision, cutting: ChunkForecast?) {
        (chunks, wholeReason) = (cutting?.chunks, cutting?.wholeReason)
        input = clip.input
        outputs = clip.outputNames.map { FileName.join(folder, $0) }
        switch decision {
        case .skip, .adopt: (isToDo, reason) = (false, "done")
        case .run(let why): (isToDo, reason) = (true, why.rawValue)
        }
    }
}
