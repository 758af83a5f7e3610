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

    public static let pictureSize = Size(width: 640, height: 360)
    private static let warmUpFrames = 2

    /// - Parameters:
    ///   - seconds: how long it may take once the network is ready; at least one picture is timed.
    ///   - notice: told of fall-backs.
    /// - Throws: what making and running a network throws.
    public static func run(
        model: InstalledModel, inference: InferenceOptions, seconds: Double = 2, notice: NoticeHandler = { _ in }
    ) throws -> NetworkTrial {
        let network = try MattingNetworks.make(model: model, inference: inference, notice: notice)
        let frame = picture()
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

    /// Head and shoulders before a wall: enough of a person for a network to have something to say.
    private static func picture() -> Frame {
        let buffer = FrameBuffer(size: pictureSize, format: .rgb24)
        buffer.withMutablePlane(0) { base, stride in
            for y in 0..<pictureSize.height {
                for x in 0..<pictureSize.width {
                    let color = color(x: Double(x) / 640, y: Double(y) / 640)
                    for (channel, value) in color.enumerated() {
                        (base + y * stride + 3 * x + channel).storeBytes(of: UInt8(value), as: UInt8.self)
                    }
                }
            }
        }
        return buffer.frame(color: ColorDescription(), timestamp: Timestamp(ticks: 0, timeBase: Rational(1, 25)))
    }

    /// R'G'B' of 0…255; x and y are in parts of the width.
    private static func color(x: Double, y: Double) -> [Double] {
        func isInside(_ centreX: Double, _ centreY: Double, _ radiusX: Double, _ radiusY: Double) -> Bool {
            let (dx, dy) = ((x - centreX) / radiusX, (y - centreY) / radiusY)
            return dx * dx + dy * dy < 1
        }
        let isEye = isInside(0.47, 0.19, 0.012, 0.007) || isInside(0.53, 0.19, 0.012, 0.007)
        if isEye || isInside(0.5, 0.265, 0.025, 0.006) { return [70, 40, 40] }
        if isInside(0.5, 0.2, 0.075, 0.105) { return y < 0.14 ? [60, 40, 30] : [215 - 200 * abs(x - 0.5), 165, 140] }
        if isInside(0.5, 0.3, 0.04, 0.08) { return [190, 140, 120] }
        if isInside(0.5, 0.56, 0.21, 0.23) { return [50, 60 + 60 * y, 110] }
        return [150 + 60 * x, 160 + 40 * y, 150]
    }
}
