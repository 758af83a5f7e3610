internal import Foundation
internal import Frames
internal import Plates
internal import Trimaps

/// Head and shoulders before a wall, drawn: enough of a person for a network to have something to say.
enum TrialPicture {
    static let size = Size(width: 640, height: 360)

    static func frame() -> Frame {
        let buffer = FrameBuffer(size: size, format: .rgb24)
        buffer.withMutablePlane(0) { base, stride in
            for y in 0..<size.height {
                for x in 0..<size.width {
                    let color = color(x: Double(x) / 640, y: Double(y) / 640)
                    for (channel, value) in color.enumerated() {
                        (base + y * stride + 3 * x + channel).storeBytes(of: UInt8(value), as: UInt8.self)
                    }
                }
            }
        }
        return buffer.frame(color: ColorDescription(), timestamp: Timestamp(ticks: 0, timeBase: Rational(1, 25)))
    }

    /// The wall alone.
    static func plate() -> CleanPlate {
        CleanPlate(
            picture: FloatImage(size: size, channels: 3) { floats in
                for index in 0..<size.pixelCount {
                    let (x, y) = (Double(index % size.width) / 640, Double(index / size.width) / 640)
                    for (channel, value) in wall(x: x, y: y).enumerated() {
                        floats[channel * size.pixelCount + index] = Float(value / 255)
                    }
                }
            })
    }

    /// What is the person and what is not, with a band between.
    static func trimap() -> Trimap {
        let mask = FloatImage(size: size, channels: 1) { floats in
            for index in floats.indices {
                let (x, y) = (Double(index % size.width) / 640, Double(index / size.width) / 640)
                floats[index] = isPerson(x: x, y: y) ? 1 : 0
            }
        }
        return .around(mask, band: 10)
    }

    // x and y are in parts of the width.

    private static func isInside(
        _ x: Double, _ y: Double, _ centreX: Double, _ centreY: Double, _ radiusX: Double, _ radiusY: Double
    ) -> Bool {
        let (dx, dy) = ((x - centreX) / radiusX, (y - centreY) / radiusY)
        return dx * dx + dy * dy < 1
    }

    private static func isHead(x: Double, y: Double) -> Bool { isInside(x, y, 0.5, 0.2, 0.075, 0.105) }
    private static func isNeck(x: Double, y: Double) -> Bool { isInside(x, y, 0.5, 0.3, 0.04, 0.08) }
    private static func isBody(x: Double, y: Double) -> Bool { isInside(x, y, 0.5, 0.56, 0.21, 0.23) }

    private static func isPerson(x: Double, y: Double) -> Bool {
        isHead(x: x, y: y) || isNeck(x: x, y: y) || isBody(x: x, y: y)
    }

    /// R'G'B' of 0…255.
    private static func color(x: Double, y: Double) -> [Double] {
        let isEye = isInside(x, y, 0.47, 0.19, 0.012, 0.007) || isInside(x, y, 0.53, 0.19, 0.012, 0.007)
        if isEye || isInside(x, y, 0.5, 0.265, 0.025, 0.006) { return [70, 40, 40] }
        if isHead(x: x, y: y) { return y < 0.14 ? [60, 40, 30] : [215 - 200 * abs(x - 0.5), 165, 140] }
        if isNeck(x: x, y: y) { return [190, 140, 120] }
        if isBody(x: x, y: y) { return [50, 60 + 60 * y, 110] }
        return wall(x: x, y: y)
    }

    private static func wall(x: Double, y: Double) -> [Double] { [150 + 60 * x, 160 + 40 * y, 150] }
}
