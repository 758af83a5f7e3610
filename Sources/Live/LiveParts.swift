public import Compositing
public import Frames

/// What a show is made of, open and ready.
public struct LiveParts {
    /// Opens the camera, at the beginning and whenever it is back.
    public var openSource: @Sendable () throws -> any LiveSource
    public var sink: any LiveSink
    public var network: LiveNetwork
    /// The empty room, as the camera sees it; nil for none.
    public var plate: LivePlate?
    public var background: PreparedBackground
    /// The output, as the sink takes it.
    public var target: RenderTarget
    /// Pictures per second that are written.
    public var rate: Rational
    /// Pictures per second for which the network's ratio is lowered; nil to leave it.
    public var targetRate: Double?
    public var standby: StandbySpec
    public var isMirrored: Bool
    /// Nil where the camera is always open.
    public var audience: (any Audience)?
    public var timing = LiveTiming()
    /// Given everything that was written; called on the writing queue, and has to be quick.
    public var observe: @Sendable (Frame) -> Void = { _ in }

    public init(
        openSource: @escaping @Sendable () throws -> any LiveSource, sink: any LiveSink, network: LiveNetwork,
        background: PreparedBackground, target: RenderTarget, rate: Rational, targetRate: Double? = nil,
        standby: StandbySpec = StandbySpec(), isMirrored: Bool = false, audience: (any Audience)? = nil
    ) {
        self.openSource = openSource
        self.sink = sink
        self.network = network
        self.background = background
        self.target = target
        self.rate = rate
        self.targetRate = targetRate
        self.standby = standby
        self.isMirrored = isMirrored
        self.audience = audience
    }
}
