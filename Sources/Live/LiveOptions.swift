public import Frames
import Matting
public import Presets

/// Everything a live show can be asked for beside the options that it shares with `matte run`.
public struct LiveOptions: Sendable {
    /// A camera by path, number or part of its name, or a clip or stream that stands in for one; nil for the first
    /// camera.
    public var camera: String?
    /// A clip begins again at its end.
    public var repeatsClip = false
    /// A clip's pictures come when they are due.
    public var keepsClipTime = false
    /// A virtual camera by path or label, a file, `-`, or `null`; nil for the first virtual camera.
    public var output: String?
    /// Of the output; nil for a clip's own size, or 1280×720 with a camera.
    public var size: Size?
    /// Pictures per second that are written.
    public var rate = Rational(30, 1)
    /// Pictures per second for which the network's ratio is lowered; nil to leave the ratio.
    public var targetRate: Double? = 24
    public var isMirrored = false
    /// The camera is open only while somebody reads the output.
    public var isOnDemand = false
    public var standby = StandbySpec()
    /// With which this program calls `StandingGuard.run`, so that a virtual camera shows the card after a sudden death
    /// too; nil for no guard.
    public var guardArguments: [String]?
    /// Where other programs find the running show; nil for no socket.
    public var controlPath: String?
    /// Of the options that `LiveJob` is given, named to be read again.
    public var preset: String?

    public static let usualCameraSize = Size(width: 1280, height: 720)

    public init() {}

    /// The options of `matte run` as a show begins with them: nobody cuts a camera, and a reset would hold the picture.
    public static var usualRunOptions: RunOptions {
        var options = RunOptions()
        options.matting.resetsAtSceneCuts = false
        return options
    }
}
