import CKernels
import TestSupport
import Testing

/// Every kernel against a plain Swift loop that rounds in the same order: the bits must be the same, whatever vector
/// width the machine has.
@Suite struct KernelTwinTests {
    private static let counts = [0, 1, 2, 3, 7, 16, 31, 64, 65, 130, 257]

    private func floats(_ count: Int, _ seed: UInt64, in range: ClosedRange<Float> = -0.5...1.5) -> [Float] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in Float.random(in: range, using: &random) }
    }

    private func clamped(_ value: Float, _ low: Float = 0, _ high: Float = 1) -> Float {
        let above = value > low ? value : low
        return above < high ? above : high
    }

    /// What a kernel writes, and that it wrote no further.
    private func output(_ count: Int, from start: [Float]? = nil, _ kernel: (UnsafeMutablePointer<Float>) -> Void)
        -> [Float]
    {
        var target = (start ?? [Float](repeating: 9, count: count)) + [Float](repeating: 77, count: 40)
        target.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress { kernel(base) }
        }
        #expect(target[count...].allSatisfy { $0 == 77 })
        return Array(target[..<count])
    }

    @Test("Samples of 8 bits", arguments: [1, 2, 3, 4, 5])
    func samples8(step: Int) {
        for count in Self.counts {
            var random = SeededRandom(seed: UInt64(count * 8 + step))
            let codes = (0..<(count * step + 1)).map { _ in UInt8.random(in: 0...255, using: &random) }
            let layout = matte_layout(step: step, shift: 3, mask: 31)
            let read = output(count) { matte_unpack8(codes, layout, 4, 27, $0, count) }
            #expect(read == (0..<count).map { (Float((codes[$0 * step] >> 3) & 31) - 4) / 27 })

            let values = floats(count, UInt64(count))
            var bytes = [UInt8](repeating: 0xA5, count: count * step + 8)
            let plain = matte_layout(step: step, shift: 0, mask: 255)
            matte_pack8(values, 219, 16, 16, 235, &bytes, plain, count)
            var expected = [UInt8](repeating: 0xA5, count: count * step + 8)
            for i in 0..<count { expected[i * step] = UInt8(clamped(values[i] * 219 + 16, 16, 235) + 0.5) }
            #expect(bytes == expected)
        }
    }

    @Test("Samples of 16 bits at any address", arguments: [2, 4, 6, 8, 5])
    func samples16(step: Int) {
        for count in Self.counts {
            var random = SeededRandom(seed: UInt64(count * 8 + step))
            let bytes = (0..<(count * step + 4)).map { _ in UInt8.random(in: 0...255, using: &random) }
            for offset in 0...1 {
                func word(_ i: Int) -> Int { Int(bytes[i * step + offset]) | Int(bytes[i * step + offset + 1]) << 8 }
                let layout = matte_layout(step: step, shift: 6, mask: 1023)
                let read = output(count) { target in
                    bytes.withUnsafeBufferPointer { buffer in
                        guard let base = buffer.baseAddress else { return }
                        matte_unpack16(base + offset, layout, 64, 876, target, count)
                    }
                }
                #expect(read == (0..<count).map { (Float((word($0) >> 6) & 1023) - 64) / 876 })
            }
            let values = floats(count, UInt64(count))
            var written = [UInt8](repeating: 0xA5, count: count * step + 8)
            matte_pack16(values, 1023, 0, 0, 1023, &written, matte_layout(step: step, shift: 6, mask: 1023), count)
            var expected = [UInt8](repeating: 0xA5, count: count * step + 8)
            for i in 0..<count {
                let word = UInt16(clamped(values[i] * 1023, 0, 1023) + 0.5) << 6
                expected[i * step] = UInt8(word & 255)
                expected[i * step + 1] = UInt8(word >> 8)
            }
            #expect(written == expected)
        }
    }

    @Test("Colour matrices", arguments: counts)
    func color(count: Int) {
        let (one, two, three) = (floats(count, 1), floats(count, 2, in: -0.5...0.5), floats(count, 3, in: -0.5...0.5))
        let m: [Float] = [1.402, 0.344136, 0.714136, 1.772]
        var (r, g, b) = (one, one, one)
        matte_ycc_to_rgb(one, two, three, m, &r, &g, &b, count)
        #expect(r == (0..<count).map { clamped(one[$0] + m[0] * three[$0]) })
        #expect(g == (0..<count).map { clamped(one[$0] - m[1] * two[$0] - m[2] * three[$0]) })
        #expect(b == (0..<count).map { clamped(one[$0] + m[3] * two[$0]) })

        let w: [Float] = [0.299, 0.587, 0.114, 0.564334, 0.713267]
        var (y, cb, cr) = (one, one, one)
        matte_rgb_to_ycc(one, two, three, w, &y, &cb, &cr, count)
        let luma = (0..<count).map { w[0] * clamped(one[$0]) + w[1] * clamped(two[$0]) + w[2] * clamped(three[$0]) }
        #expect(y == luma)
        #expect(cb == (0..<count).map { (clamped(three[$0]) - luma[$0]) * w[3] })
        #expect(cr == (0..<count).map { (clamped(one[$0]) - luma[$0]) * w[4] })
        #expect(output(count) { matte_clamp(one, $0, count) } == one.map { clamped($0) })
    }

    @Test("Chroma up and down", arguments: [1, 2, 4])
    func chroma(factor: Int) {
        let first: [Int32] = [-1, 0, -1, 0]
        let fraction: [Float] = [0.75, 0.25, 0.6, 0.1]
        for count in Self.counts {
            let source = floats(count + 2, UInt64(count))
            let up = output(count * factor) { target in
                source.withUnsafeBufferPointer { buffer in
                    guard let base = buffer.baseAddress else { return }
                    matte_upsample(base + 1, factor, first, fraction, target, count)
                }
            }
            let expectedUp = (0..<(count * factor)).map { index -> Float in
                let (group, phase) = index.quotientAndRemainder(dividingBy: factor)
                let at = 1 + group + Int(first[phase])
                return source[at] * (1 - fraction[phase]) + source[at + 1] * fraction[phase]
            }
            #expect(up == expectedUp)

            let taps: [Float] = [-0.125, 0.25, 0.75, 0.25, -0.125]
            let wide = floats(count * factor + 5, UInt64(count))
            let down = output(count) { matte_downsample(wide, factor, taps, taps.count, $0, count) }
            #expect(
                down
                    == (0..<count).map { i in
                        taps.indices.dropFirst().reduce(wide[factor * i] * taps[0]) {
                            $0 + wide[factor * i + $1] * taps[$1]
                        }
                    })
        }
    }

    @Test("Filters", arguments: counts)
    func filters(count: Int) {
        let (a, b) = (floats(count, 1), floats(count, 2))
        #expect(output(count) { matte_mix(a, b, 0.3, $0, count) } == (0..<count).map { a[$0] + (b[$0] - a[$0]) * 0.3 })
        #expect(output(count) { matte_scale(a, 0.3, $0, count) } == a.map { $0 * 0.3 })
        #expect(
            output(count, from: b) { matte_accumulate(a, 0.3, $0, count) } == (0..<count).map { b[$0] + a[$0] * 0.3 })
        for taps in [1, 4, 9] {
            let wide = floats(count + taps, 3)
            let kernel = floats(taps, 4)
            #expect(
                output(count) { matte_filter(wide, kernel, taps, $0, count) }
                    == (0..<count).map { i in (0..<taps).reduce(Float(0)) { $0 + wide[i + $1] * kernel[$1] } })
            let weights = floats(count * taps, 5)
            var random = SeededRandom(seed: 6)
            let start = (0..<count).map { _ in Int32.random(in: 0...Int32(count), using: &random) }
            let resampled = output(count) { matte_resample(wide, start, weights, taps, $0, count) }
            #expect(
                resampled
                    == (0..<count).map { i in
                        (1..<taps).reduce(wide[Int(start[i])] * weights[i]) {
                            $0 + wide[Int(start[i]) + $1] * weights[$1 * count + i]
                        }
                    })
            #expect(
                output(count, from: b) { matte_minimum(wide, taps, $0, count) }
                    == (0..<count).map { min(b[$0], wide[$0..<($0 + taps)].min() ?? 0) })
            #expect(
                output(count, from: b) { matte_maximum(wide, taps, $0, count) }
                    == (0..<count).map { max(b[$0], wide[$0..<($0 + taps)].max() ?? 0) })
        }
    }

    @Test("Compositing", arguments: counts)
    func compositing(count: Int) {
        let (f, b, p) = (floats(count, 1), floats(count, 2), floats(count, 3))
        let a = floats(count, 4, in: 0...1)
        let all = 0..<count
        #expect(output(count) { matte_over(f, a, b, $0, count) } == all.map { f[$0] * a[$0] + b[$0] * (1 - a[$0]) })
        #expect(
            output(count) { matte_over_color(f, a, 0.3, $0, count) } == all.map { f[$0] * a[$0] + 0.3 * (1 - a[$0]) })
        #expect(output(count) { matte_multiply(f, a, $0, count) } == all.map { f[$0] * a[$0] })
        #expect(output(count) { matte_multiply_inverse(f, a, $0, count) } == all.map { f[$0] * (1 - a[$0]) })
        #expect(output(count) { matte_keep(f, a, 0.4, $0, count) } == all.map { a[$0] >= 0.4 ? f[$0] : 0 })
        #expect(
            output(count) { matte_divide(f, a, 0.2, b, $0, count) } == all.map { a[$0] > 0.2 ? f[$0] / a[$0] : b[$0] })
        #expect(
            output(count) { matte_fuse(p, a, f, b, $0, count) }
                == all.map { clamped(f[$0] + a[$0] * (p[$0] - a[$0] * f[$0] - (1 - a[$0]) * b[$0])) })
    }

    @Test("NaN becomes the lowest code, infinity the ends")
    func unusual() {
        let values: [Float] = [.nan, .infinity, -.infinity, 0.5]
        var bytes = [UInt8](repeating: 7, count: 4)
        matte_pack8(values, 255, 0, 0, 255, &bytes, matte_layout(step: 1, shift: 0, mask: 255), 4)
        #expect(bytes == [0, 255, 0, 128])
        #expect(output(4) { matte_clamp(values, $0, 4) } == [0, 1, 0, 0.5])
    }
    @Test(
        "Stretching is resampling with two taps", arguments: [(1, 2), (7, 2), (33, 5), (64, 64), (257, 31), (100, 3)])
    func stretch(width: Int, gridWidth: Int) {
        let rows = 4
        let stride = gridWidth + 3
        let source = floats(rows * stride, 1)
        // Any runs will do, also empty ones.
        var random = SeededRandom(seed: UInt64(width))
        let starts = (0..<width).map { _ in Int.random(in: 0..<(gridWidth - 1), using: &random) }.sorted()
        var first = (0..<(gridWidth - 1)).map { run in Int32(starts.count { $0 < run }) }
        first.append(Int32(width))
        let (left, right) = (floats(width + 8, 2), floats(width + 8, 3))
        for count in 1...rows {
            let room = width + 16
            var target = [Float](repeating: 77, count: rows * room)
            target.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                let targets = (0..<rows).map { Optional(base + $0 * room) }
                matte_stretch(source, stride, first, gridWidth - 1, left, right, targets, count)
            }
            for row in 0..<rows {
                let from = row * stride
                let expected = (0..<width).map {
                    source[from + starts[$0]] * left[$0] + source[from + starts[$0] + 1] * right[$0]
                }
                let written = target[(row * room)..<((row + 1) * room)]
                #expect(Array(written.prefix(width)) == (row < count ? expected : expected.map { _ in 77 }))
                #expect(written.suffix(8).allSatisfy { $0 == 77 })
            }
        }
    }

    @Test("Affine mattes", arguments: counts)
    func affine(count: Int) {
        let third: Float = 1 / 3
        let (r, g, b) = (floats(count, 1), floats(count, 2), floats(count, 3))
        // A stretch without subject, too.
        var a = floats(count, 4, in: 0...1)
        for index in a.indices where (60..<200).contains(index) { a[index] = 0 }
        let (s0, s1, o0, o1) = (floats(count, 5), floats(count, 6), floats(count, 7), floats(count, 8))
        let all = 0..<count
        func mean(_ i: Int) -> Float { (r[i] + g[i] + b[i]) * third }
        s0.withUnsafeBufferPointer { p0 in
            s1.withUnsafeBufferPointer { p1 in
                o0.withUnsafeBufferPointer { q0 in
                    o1.withUnsafeBufferPointer { q1 in
                        var rows = matte_affine_rows(
                            slope0: p0.baseAddress, slope1: p1.baseAddress, offset0: q0.baseAddress,
                            offset1: q1.baseAddress, weight0: 0.3, weight1: 0.7)
                        func slope(_ i: Int) -> Float { s0[i] * 0.3 + s1[i] * 0.7 }
                        func offset(_ i: Int) -> Float { o0[i] * 0.3 + o1[i] * 0.7 }
                        func color(_ i: Int) -> Float { clamped(slope(i) * r[i] + offset(i) + r[i]) }
                        #expect(
                            output(count) { matte_affine_alpha(r, g, b, &rows, $0, count) }
                                == all.map { clamped(slope($0) * mean($0) + offset($0)) })
                        #expect(output(count) { matte_affine_color(r, &rows, $0, count) } == all.map(color))
                        #expect(
                            output(count) { matte_affine_over(r, &rows, a, b, $0, count) }
                                == all.map { color($0) * a[$0] + b[$0] * (1 - a[$0]) })
                        #expect(
                            output(count) { matte_affine_over_color(r, &rows, a, 0.4, $0, count) }
                                == all.map { color($0) * a[$0] + 0.4 * (1 - a[$0]) })
                        #expect(
                            output(count) { matte_affine_multiply(r, &rows, a, $0, count) }
                                == all.map { color($0) * a[$0] })
                        #expect(
                            output(count) { matte_affine_keep(r, &rows, a, 0.4, $0, count) }
                                == all.map { a[$0] >= 0.4 ? color($0) : 0 })
                    }
                }
            }
        }
    }
}
