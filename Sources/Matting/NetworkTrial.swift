internal import Foundation
public import Frames
public import Inference
public import Models
internal import Pixels

/// A network tried for a moment on a generated picture: how fast it is here, and what it says.
public struct NetworkTrial: Sendable {
    /// "openvino 2026.4.1".
    public let engineName: String
    /// "cpu".
    public let deviceName: String
    /// Pictures that were timed; the first ones, in which an engine makes itself ready, were not.
    public let frames: Int
    /// Median over the pictures.
    public let millisecondsPerFrame: Double
    /// Alpha of a picture that every trial reaches, for comparing trials with each other.
    public let alpha: FloatImage

    public static var pictureSize: Size { TrialPicture.size }
    private static let warmUpFrames = 2

    /// - Parameters:
    ///   - seconds: how long it may take once the network is ready; at least one picture is timed.
    ///   - notice: told of fall-backs.
    /// - Throws: what making and running a network throws.
    public static func run(
        model: InstalledModel, inference: InferenceOptions, seconds: Double = 2, notice: NoticeHandler = { _ in }
    ) throws -> NetworkTrial {
        let network = try MattingNetworks.make(model: model, inference: inference, notice: notice)
        let frame = TrialPicture.frame()
        let clock = ContinuousClock()
        var times: [Duration] = []
        var alpha: FloatImage?
        for _ in 0..<warmUpFrames { _ = try network.matte(frame) }
        let start = clock.now
        repeat {
            let began = clock.now
            let matte = try network.matte(frame)
            times.append(clock.now - began)
            alpha = alpha ?? matte.dense(for: frame).alpha
        } while clock.now - start < .seconds(seconds)
        guard let alpha else { throw MatteError(.internal, "the trial of '\(model.path)' gave no picture") }
        return NetworkTrial(
            engineName: network.engineName, deviceName: network.deviceName, frames: times.count,
            millisecondsPerFrame: times.sorted()[times.count / 2] / .milliseconds(1), alpha: alpha)
    }

    /// Mean difference of alpha from another trial's, 0…1.
    public func meanDifference(from other: NetworkTrial) -> Double {
        alpha.withFloats { mine in
            other.alpha.withFloats { theirs in
                zip(mine, theirs).reduce(0) { $0 + Double(abs($1.0 - $1.1)) } / Double(max(mine.count, 1))
            }
        }
    }
}
