/// What a finished `ClipWriter` has written.
public struct WrittenClip: Sendable {
    public let path: String
    public let frames: Int
    /// What a re-reading of the output must find; nil unless it was asked for.
    public let expectation: OutputExpectation?
}
