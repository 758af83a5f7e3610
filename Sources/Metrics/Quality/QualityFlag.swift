/// What may be wrong with a matte, seen without the true one.
public enum QualityFlag: String, CaseIterable, Sendable, Codable {
    /// Something is there, or missing, in one frame and neither just before nor just after.
    case flicker
    /// An opening or a see-through spot amid the subject that did not come from its outline.
    case hole
    /// Much of the subject appears or vanishes from one frame to the next, further than it could have moved.
    case jump
    /// The subject touches a side of the picture that it keeps away from in most of the clip.
    case border
    /// No frame of the clip has a subject.
    case empty

    /// The least value that is flagged; `FrameQuality` says of what. True mattes of people who dance stay below.
    public var threshold: Double {
        switch self {
        case .flicker: 0.03
        case .hole: 0.002
        case .jump: 0.12
        case .border: 0.01
        case .empty: 1
        }
    }
}
