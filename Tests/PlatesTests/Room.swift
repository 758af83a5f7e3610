import Foundation
import Frames
import TestSupport

/// A synthetic room with somebody in it: the plate, the true alpha, the colours, and the picture that a camera would
/// have taken.
struct Room {
    static let size = Size(width: 192, height: 108)

    /// How the picture differs from the plate besides the subject.
    struct Camera {
        var shiftX = 0.0
        var shiftY = 0.0
        var scale = 1.0
        var gain: [Double] = [1, 1, 1]
        var noise = 0.0
        /// A soft shadow beside the subject: how much darker.
        var shadow = 0.0
    }

    /// A thing besides the subject's body.
    enum Thing {
        case none
        /// Reaches from the subject's shoulder to the right; not in the model's alpha.
        case prop
        /// The same, but moving with the subject.
        case heldProp
        /// Stands at the left border, away from the subject.
        case chair
    }

    var camera = Camera()
    var thing = Thing.none
    var seed: UInt64 = 1
    var time = 0

    var plate: FloatImage {
        let texture = RoomTexture(seed: seed)
        return TestPictures.make(Self.size.width, Self.size.height, channels: 3) { channel, x, y in
            Float(texture(channel, Double(x), Double(y)))
        }
    }

    /// Head and shoulders, with an edge that is soft over two pixels; moves with the time.
    func subject(_ x: Int, _ y: Int) -> Double {
        let (u, v) = (Double(x) - 96 - Double(time), Double(y))
        let head = 1 - hypot(u / 16, (v - 38) / 20)
        let body = 1 - hypot(u / 34, (v - 108) / 52)
        return min(max(max(head * 17, body * 35) / 2 + 0.5, 0), 1)
    }

    func object(_ x: Int, _ y: Int) -> Double {
        let (u, v) = (Double(x), Double(y))
        func box(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> Double {
            min(max(min(min(u - x0, x1 - u), min(v - y0, y1 - v)) / 2 + 0.5, 0), 1)
        }
        return switch thing {
        case .none: 0
        case .prop: box(115, 64, 165, 78)
        case .heldProp: box(115 + Double(time), 64, 165 + Double(time), 78)
        case .chair: box(8, 60, 32, 100)
        }
    }

    /// What should stay when objects are kept: the chair is not held.
    var trueAlpha: FloatImage {
        TestPictures.make(Self.size.width, Self.size.height) { _, x, y in
            Float(max(subject(x, y), thing == .prop || thing == .heldProp ? object(x, y) : 0))
        }
    }

    /// What a portrait network says: the body, its edge three pixels too wide and soft, and nothing of objects.
    var modelAlpha: FloatImage {
        TestPictures.make(Self.size.width, Self.size.height) { _, x, y in
            var sum = 0.0
            for dy in -2...2 { for dx in -2...2 { sum += subject(x + dx, y + dy) } }
            let mean = sum / 25
            return Float(mean <= 0 ? 0 : min(1, 0.06 + 1.06 * mean))
        }
    }

    var picture: FloatImage {
        var random = SeededRandom(seed: seed &+ 77 &+ UInt64(bitPattern: Int64(time)))
        let texture = RoomTexture(seed: seed)
        let size = Self.size
        return TestPictures.make(size.width, size.height, channels: 3) { channel, x, y in
            let (u, v) = (
                (Double(x) - 95.5) * camera.scale + 95.5 + camera.shiftX,
                (Double(y) - 53.5) * camera.scale + 53.5 + camera.shiftY
            )
            var value = texture(channel, u, v)
            let distance = hypot((Double(x) - 150) / 30, (Double(y) - 100) / 14)
            value *= 1 - camera.shadow * min(max(1.6 - distance, 0), 1)
            let cloth = [0.75, 0.2, 0.15][channel] + 0.03 * sin(0.9 * Double(x) + 0.5 * Double(y))
            let wood = [0.1, 0.75, 0.9][channel]
            let (thing, person) = (object(x, y), subject(x, y))
            value = thing * wood + (1 - thing) * value
            value = person * cloth + (1 - person) * value
            value *= camera.gain[channel]
            // The sum of three uniform numbers is near enough to a normal one.
            let noise = (0..<3).reduce(0.0) { sum, _ in sum + Double.random(in: -1...1, using: &random) }
            return Float(min(max(value + camera.noise * noise, 0), 1))
        }
    }

    /// The picture as a camera's frame of 16 bits.
    var frame: Frame { Self.frame(picture) }

    static func frame(_ picture: FloatImage) -> Frame {
        picture.withFloats { floats in
            TestPictures.frame(picture.size, .gbrp(depth: 16)) { component, x, y in
                let value = floats[(component * picture.size.height + y) * picture.size.width + x]
                return Int((min(max(value, 0), 1) * 65535).rounded())
            }
        }
    }
}

extension FloatImage {
    /// Mean absolute difference, ×10³.
    func meanDifference(from other: FloatImage) -> Float {
        withFloats { mine in
            other.withFloats { theirs in
                1000 * zip(mine, theirs).reduce(0) { $0 + abs($1.0 - $1.1) } / Float(max(mine.count, 1))
            }
        }
    }
}
