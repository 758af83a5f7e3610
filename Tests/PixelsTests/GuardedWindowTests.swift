import CKernels
import TestSupport
import Testing

/// The kernels that look at several samples for one result, and those that read and write codes, between guard pages.
@Suite struct GuardedWindowTests {
    private typealias Place = GuardedMemory<Float>.Place

    /// Calls `body` with counts, ends and generators that seeds decide.
    private func forSeeds(_ body: (Int, Place, inout SeededRandom) throws -> Void) rethrows {
        for seed in 0..<24 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let count = seed == 0 ? 1 : Int.random(in: 1...300, using: &random)
            try body(count, seed % 2 == 0 ? .end : .start, &random)
        }
    }

    private func floats(_ count: Int, _ random: inout SeededRandom) -> [Float] {
        GuardedKernelTests.floats(count, &random)
    }

    @Test("Filters, and the least and the most of a window")
    func windows() throws {
        try forSeeds { count, place, random in
            let taps = Int.random(in: 1...9, using: &random)
            let (source, weights, before) = (
                floats(count + taps - 1, &random), floats(taps, &random), floats(count, &random)
            )
            let (from, kernel) = (try GuardedMemory(source, at: place), try GuardedMemory(weights, at: place))
            func result(_ run: (UnsafeMutablePointer<Float>) -> Void) throws -> [Float] {
                let target = try GuardedMemory(before, at: place)
                run(target.base)
                return target.elements
            }
            let filtered = try result { matte_filter(from.base, kernel.base, taps, $0, count) }
            #expect(
                filtered == (0..<count).map { i in (0..<taps).reduce(Float(0)) { $0 + source[i + $1] * weights[$1] } })
            let least = try result { matte_minimum(from.base, taps, $0, count) }
            #expect(least == (0..<count).map { i in source[i..<i + taps].reduce(before[i]) { min($0, $1) } })
            let most = try result { matte_maximum(from.base, taps, $0, count) }
            #expect(most == (0..<count).map { i in source[i..<i + taps].reduce(before[i]) { max($0, $1) } })
        }
    }

    @Test("Chroma up and down", arguments: [1, 2, 4])
    func chroma(factor: Int) throws {
        let (first, fraction): ([Int32], [Float]) = ([-1, 0, -1, 0], [0.75, 0.25, 0.6, 0.1])
        try forSeeds { count, place, random in
            let source = floats(count + 2, &random)
            let from = try GuardedMemory(source, at: place)
            let up = try GuardedMemory(floats(count * factor, &random), at: place)
            matte_upsample(from.base + 1, factor, first, fraction, up.base, count)
            #expect(
                up.elements
                    == (0..<count * factor).map { index in
                        let (group, phase) = index.quotientAndRemainder(dividingBy: factor)
                        let at = 1 + group + Int(first[phase])
                        return source[at] * (1 - fraction[phase]) + source[at + 1] * fraction[phase]
                    })
            let taps = floats(Int.random(in: 1...7, using: &random), &random)
            let wide = floats(factor * (count - 1) + taps.count, &random)
            let guarded = try GuardedMemory(wide, at: place)
            let down = try GuardedMemory(floats(count, &random), at: place)
            matte_downsample(guarded.base, factor, taps, taps.count, down.base, count)
            #expect(
                down.elements
                    == (0..<count).map { i in
                        taps.indices.dropFirst().reduce(wide[factor * i] * taps[0]) {
                            $0 + wide[factor * i + $1] * taps[$1]
                        }
                    })
        }
    }

    @Test("Resampling and stretching")
    func resampling() throws {
        try forSeeds { count, place, random in
            let (taps, length) = (Int.random(in: 1...5, using: &random), Int.random(in: 5...90, using: &random))
            let (source, weights) = (floats(length, &random), floats(count * taps, &random))
            let starts = (0..<count).map { _ in Int32.random(in: 0...Int32(length - taps), using: &random) }
            let (from, weight) = (try GuardedMemory(source, at: place), try GuardedMemory(weights, at: place))
            let start = try GuardedMemory(starts, at: place == .end ? .end : .start)
            let target = try GuardedMemory(floats(count, &random), at: place)
            matte_resample(from.base, start.base, weight.base, taps, target.base, count)
            #expect(
                target.elements
                    == (0..<count).map { i in
                        (1..<taps).reduce(source[Int(starts[i])] * weights[i]) {
                            $0 + source[Int(starts[i]) + $1] * weights[$1 * count + i]
                        }
                    })

            // Runs cover the row; left, right and the result have the eight floats more that are asked for.
            let sorted = (0..<count).map { _ in Int.random(in: 0..<(length - 1), using: &random) }.sorted()
            let runs = (0..<length - 1).map { run in Int32(sorted.count { $0 < run }) } + [Int32(count)]
            let (left, right) = (floats(count + 8, &random), floats(count + 8, &random))
            let (first, l) = (try GuardedMemory(runs, at: .end), try GuardedMemory(left, at: place))
            let (r, stretched) = (try GuardedMemory(right, at: place), try GuardedMemory(left, at: place))
            var rows: [UnsafeMutablePointer<Float>?] = [stretched.base]
            matte_stretch(from.base, length, first.base, length - 1, l.base, r.base, &rows, 1)
            #expect(
                Array(stretched.elements.prefix(count))
                    == (0..<count).map { source[sorted[$0]] * left[$0] + source[sorted[$0] + 1] * right[$0] })
        }
    }

    @Test("Codes of one byte and of two", arguments: [1, 2, 3, 4, 5, 6, 8])
    func codes(step: Int) throws {
        try forSeeds { count, place, random in
            for word in [1, 2] where step >= word {
                let bytes = (0..<(count - 1) * step + word).map { _ in UInt8.random(in: 0...255, using: &random) }
                let end = place == .end ? GuardedMemory<UInt8>.Place.end : .start
                let (from, values) = (try GuardedMemory(bytes, at: end), floats(count, &random))
                let (read, source) = (try GuardedMemory(values, at: place), try GuardedMemory(values, at: place))
                let to = try GuardedMemory(bytes, at: end)
                var expected = bytes
                if word == 1 {
                    matte_unpack8(from.base, matte_layout(step: step, shift: 3, mask: 31), 4, 27, read.base, count)
                    #expect(read.elements == (0..<count).map { (Float(bytes[$0 * step] >> 3) - 4) / 27 })
                    let layout = matte_layout(step: step, shift: 0, mask: 255)
                    matte_pack8(source.base, 219, 16, 16, 235, to.base, layout, count)
                    for i in 0..<count { expected[i * step] = UInt8(values[i] * 219 + 16 + 0.5) }
                } else {
                    let layout = matte_layout(step: step, shift: 6, mask: 1023)
                    matte_unpack16(from.base, layout, 64, 876, read.base, count)
                    func code(_ i: Int) -> Int { Int(bytes[i * step]) | Int(bytes[i * step + 1]) << 8 }
                    #expect(read.elements == (0..<count).map { (Float(code($0) >> 6) - 64) / 876 })
                    matte_pack16(source.base, 1023, 0, 0, 1023, to.base, layout, count)
                    for i in 0..<count {
                        let word = UInt16(values[i] * 1023 + 0.5) << 6
                        expected[i * step] = UInt8(word & 255)
                        expected[i * step + 1] = UInt8(word >> 8)
                    }
                }
                #expect(to.elements == expected, "step \(step), \(count) samples")
            }
        }
    }
}
