import CKernels
import TestSupport
import Testing

/// The kernels of foreground estimation between guard pages, against plain loops that round in the same order.
@Suite struct GuardedUnmixTests {
    private typealias Guarded = GuardedMemory<Float>

    /// What a row is made of: `wide` rows are readable from -1 to count inclusive, the others from 0 to count - 1.
    private struct Row {
        let values: [Float]
        let memory: Guarded
        let isWide: Bool

        init(_ count: Int, isWide: Bool = false, at place: Guarded.Place, _ random: inout SeededRandom) throws {
            values = (0..<count + (isWide ? 2 : 0)).map { _ in Float.random(in: 0...1, using: &random) }
            memory = try Guarded(values, at: place)
            self.isWide = isWide
        }

        var base: UnsafeMutablePointer<Float> { memory.base + (isWide ? 1 : 0) }
        subscript(index: Int) -> Float { values[index + (isWide ? 1 : 0)] }
    }

    @Test(arguments: 0..<24 as Range<UInt64>) func weightsAndColours(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let count = seed == 0 ? 1 : Int.random(in: 1...300, using: &random)
        let place = seed % 2 == 0 ? Guarded.Place.end : .start
        func row(isWide: Bool = false) throws -> Row { try Row(count, isWide: isWide, at: place, &random) }

        let (above, alpha, below) = (try row(), try row(isWide: true), try row())
        let made = try (0..<7).map { _ in try row() }
        var rows = matte_unmix_rows(
            left: made[0].base, right: made[1].base, up: made[2].base, down: made[3].base, ff: made[4].base,
            fb: made[5].base, bb: made[6].base)
        let least: Float = 0.1
        matte_unmix_weights(above.base, alpha.base, below.base, least, &rows, count)
        let weights = (0..<count).map { i in
            Self.weights(alpha[i], [alpha[i - 1], alpha[i + 1], above[i], below[i]], least: least)
        }
        for kind in 0..<7 { #expect(made[kind].memory.elements == weights.map { $0[kind] }, "row \(kind)") }

        let picture = try row()
        let front = (above: try row(), here: try row(isWide: true), below: try row())
        let back = (above: try row(), here: try row(isWide: true), below: try row())
        var f = matte_unmix_colors(above: front.above.base, here: front.here.base, below: front.below.base)
        var b = matte_unmix_colors(above: back.above.base, here: back.here.base, below: back.below.base)
        let (foreground, background) = (try row(), try row())
        matte_unmix(picture.base, alpha.base, &rows, &f, &b, foreground.base, background.base, count)
        var expected: (foreground: [Float], background: [Float]) = ([], [])
        for i in 0..<count {
            let w = weights[i]
            func sum(_ own: Float, _ colors: (above: Row, here: Row, below: Row)) -> Float {
                own * picture[i] + w[0] * colors.here[i - 1] + w[1] * colors.here[i + 1] + w[2] * colors.above[i]
                    + w[3] * colors.below[i]
            }
            let (subject, rest) = (sum(alpha[i], front), sum(1 - alpha[i], back))
            expected.foreground.append(GuardedKernelTests.clamped(w[4] * subject + w[5] * rest))
            expected.background.append(GuardedKernelTests.clamped(w[5] * subject + w[6] * rest))
        }
        #expect(foreground.memory.elements == expected.foreground)
        #expect(background.memory.elements == expected.background)
    }

    /// How much the neighbours left, right, above and below count, and the inverse of the pixel's matrix.
    private static func weights(_ here: Float, _ neighbours: [Float], least: Float) -> [Float] {
        let near = neighbours.map { least + abs(here - $0) }
        let sum = near[0] + near[1] + near[2] + near[3]
        let rest = 1 - here
        let (f, b, mixed) = (here * here + sum, rest * rest + sum, here * rest)
        let inverse = 1 / (f * b - mixed * mixed)
        return near + [b * inverse, -mixed * inverse, f * inverse]
    }
}
