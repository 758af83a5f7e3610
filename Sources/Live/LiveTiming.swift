/// How long a show waits for what.
public struct LiveTiming: Sendable {
    /// Between two looks at whether the camera is wanted, in seconds.
    public var pollSeconds = 0.1
    /// Before a lost camera or a failed network is tried again.
    public var retrySeconds = 1.0
    /// Without a picture after which a camera counts as lost.
    public var silenceSeconds = 5.0
    /// For which a picture may be repeated.
    public var staleSeconds = 2.0
    /// For which the camera stays open after its last reader, who may only be looking for another size.
    public var lingerSeconds = 3.0

    /// For which each number of a count-down is shown.
    public var countSeconds = 1.0
    /// From the first picture of a clean plate to the last one.
    public var plateSeconds = 1.0
    /// For which pictures of the room are waited for.
    public var platePatienceSeconds = 10.0

    public init() {}
}
