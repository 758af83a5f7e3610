import Frames
import Pixels
import TestSupport
import Testing

/// Each result against a plain loop that rounds in the same order: the bits must be the same, whatever vectors the machine
/// has.
@Suite struct KnownBackgroundTests {
    private static let sizes = [Size(width: 1, height: 1), Size(width: 37, height: 5), Size(width: 260, height: 140)]

    private struct Scene {
        let size: Size
        let known: KnownBackground
        let one: FloatImage
        let other: FloatImage
        let foreground: FloatImage
        let pool = FloatPool(capacity: 1 << 20)

        init(_ size: Size) {
            self.size = size
            func random(_ channels: Int, _ seed: UInt64) -> FloatImage {
                var random = SeededRandom(seed: seed)
                return FloatImage(size: size, channels: channels) { floats in
                    for index in floats.indices { floats[index] = Float.random(in: 0.01...1, using: &random) }
                }
            }
            known = KnownBackground(picture: random(3, 1), background: random(4, 2))
            (one, other, foreground) = (random(1, 3), random(1, 4), random(4, 5))
        }

        func differences(_ from: FloatImage, _ i: Int) -> [Float] {
            (0..<3).map { from.values[$0 * size.pixelCount + i] - known.background.values[$0 * size.pixelCount + i] }
        }

        func check(_ result: FloatImage, _ expected: (Int) -> [Float]) {
            let values = result.values
            for i in stride(from: 0, to: size.pixelCount, by: max(size.pixelCount / 97, 1)) {
                let wanted = expected(i)
                #expect(wanted.count == result.channels)
                for (channel, value) in wanted.enumerated() { #expect(values[channel * size.pixelCount + i] == value) }
            }
        }
    }

    @Test(arguments: sizes) func energies(size: Size) {
        let scene = Scene(size)
        let variances = scene.one.values
        for (flat, drift, most): (Float, Float, Float) in [(0, 1, 1e4), (0.02, 0.3, 5)] {
            let result = scene.known.energies(
                variance: scene.one, flat: flat, drift: drift, most: most, pool: scene.pool)
            scene.check(result) { i in
                let d = scene.differences(scene.known.picture, i)
                let energy = (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) / (3 * (flat + drift * variances[i]))
                return [min(energy, most)]
            }
        }
    }

    @Test(arguments: sizes) func energiesBeyondARangeOfLight(size: Size) {
        let scene = Scene(size)
        let (low, high) = (scene.one.smallest(within: 1), scene.one.largest(within: 1))
        let (lows, highs, variances, picture) = (
            low.values, high.values, scene.other.values, scene.known.picture.values
        )
        let result = scene.known.energies(beyond: (low, high), variance: scene.other, most: 8)
        scene.check(result) { i in
            let d = scene.differences(scene.known.picture, i)
            let (red, green, blue) = (picture[i], picture[size.pixelCount + i], picture[2 * size.pixelCount + i])
            let light = 0.299 * red + 0.587 * green + 0.114 * blue
            let beyond = max(max(light - highs[i], lows[i] - light), 0)
            let energy = 3 * beyond * beyond + (d[0] - d[1]) * (d[0] - d[1]) + (d[2] - d[1]) * (d[2] - d[1])
            return [min(energy / (3 * variances[i]), 8)]
        }
    }

    @Test(arguments: sizes) func mixtures(size: Size) {
        let scene = Scene(size)
        let (noise, spread) = (scene.one.values, scene.foreground.values)
        scene.check(scene.known.mixtures(of: scene.foreground, variance: scene.one, pool: scene.pool)) { i in
            let (d, f) = (scene.differences(scene.known.picture, i), scene.differences(scene.foreground, i))
            let length = (f[0] * f[0] + f[1] * f[1] + f[2] * f[2]) / 3
            let share = (d[0] * f[0] + d[1] * f[1] + d[2] * f[2]) / 3 / (length + 1e-6)
            let inside = min(max(share, 0), 1)
            let r = (0..<3).map { d[$0] - inside * f[$0] }
            let beside = (r[0] * r[0] + r[1] * r[1] + r[2] * r[2]) / 3
            let variance = spread[3 * size.pixelCount + i]
            return [
                share, length / (noise[i] + inside * inside * variance + 0.3 * beside), beside / (noise[i] + variance),
            ]
        }
    }

    @Test(arguments: sizes) func sumsGiveTheForegroundBack(size: Size) {
        let scene = Scene(size)
        let (weights, alphas) = (scene.one.values, scene.other.values)
        let (picture, background) = (scene.known.picture.values, scene.known.background.values)
        for alpha in [scene.other, nil] {
            scene.check(scene.known.foregroundSums(weights: scene.one, alpha: alpha, pool: scene.pool)) { i in
                let share = alpha == nil ? 1 : alphas[i]
                let part = weights[i] * share
                let e = (0..<3).map {
                    picture[$0 * size.pixelCount + i] - (1 - share) * background[$0 * size.pixelCount + i]
                }
                let square = weights[i] * (e[0] * e[0] + e[1] * e[1] + e[2] * e[2]) / 3
                return [part * e[0], part * e[1], part * e[2], square, part * share]
            }
        }
        // Where the picture is the equation's, the sums have its foreground in them.
        let (colors, count) = (scene.foreground.values, size.pixelCount)
        let mixed = FloatImage(size: size, channels: 3) { floats in
            for i in floats.indices {
                floats[i] = alphas[i % count] * colors[i] + (1 - alphas[i % count]) * background[i]
            }
        }
        let sums = KnownBackground(picture: mixed, background: scene.known.background)
            .foregroundSums(weights: scene.one, alpha: scene.other).values
        for i in 0..<3 * count { #expect(abs(sums[i] / sums[4 * count + i % count] - colors[i]) < 1e-3) }
    }
}
