/// How a clip is matted.
public struct MattingOptions: Sendable, Hashable {
    /// Frames at the start of each shot that are run through the network, last to first, before they count; 0 for none.
    public var warmUpFrames = 8
    /// Whether a scene cut, which is detected, starts with fresh state. A change of size always does.
    public var resetsAtSceneCuts = true
    public var edges = EdgeControls.none
    /// How much smaller the network works than the picture is; for `MattingNetworks.make`, not for the stage.
    public var ratio: Double?

    public init() {}
}
