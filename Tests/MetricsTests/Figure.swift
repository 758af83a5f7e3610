import Foundation
import Frames
import TestSupport

/// The matte of somebody who stands, sways and puts an arm to the hip: ellipses with soft edges, 320 × 180.
struct Figure {
    var sway: Double = 0
    /// How far the arm's loop is closed, 0…1.
    var arm: Double = 0
    /// Added last: +1 paints the subject, 0 takes it away.
    var spots: [(x: Double, y: Double, radius: Double, alpha: Float)] = []

    static let width = 320
    static let height = 180

    var matte: FloatImage {
        TestPictures.make(Self.width, Self.height) { _, column, row in
            let (x, y) = (Double(column) - sway, Double(row))
            func ellipse(_ cx: Double, _ cy: Double, _ rx: Double, _ ry: Double) -> Double {
                let (dx, dy) = ((x - cx) / rx, (y - cy) / ry)
                return (1 - (dx * dx + dy * dy).squareRoot()) * min(rx, ry)
            }
            // A ring beside the body, of which an angle is still open.
            let (ax, ay) = (x - 196, y - 95)
            let ring = 7 - abs((ax * ax + ay * ay).squareRoot() - 24)
            let isDrawn = atan2(ay, ax) < .pi * (2 * arm - 1)
            let body = max(ellipse(160, 45, 22, 27), ellipse(160, 112, 38, 60), arm > 0 && isDrawn ? ring : -9)
            var alpha = Float(min(max(body / 3 + 0.5, 0), 1))
            for spot in spots {
                let distance =
                    ((Double(column) - spot.x) * (Double(column) - spot.x)
                    + (Double(row) - spot.y) * (Double(row) - spot.y)).squareRoot()
                let share = Float(min(max(spot.radius - distance + 0.5, 0), 1))
                alpha += (spot.alpha - alpha) * share
            }
            return alpha
        }
    }

    /// Somebody moving for a while; `change` makes what is wrong.
    static func clip(_ frames: Int, _ change: (Int, inout Figure) -> Void = { _, _ in }) -> [FloatImage] {
        (0..<frames).map { index in
            var figure = Figure(sway: 14 * sin(Double(index) / 4), arm: min(Double(index) / 20, 1))
            change(index, &figure)
            return figure.matte
        }
    }
}
