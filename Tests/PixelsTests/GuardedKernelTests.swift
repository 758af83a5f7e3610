import CKernels
import TestSupport
import Testing

/// Every kernel between guard pages, at sizes and alignments that a seed decides, against a plain Swift loop that rounds
/// in the same order. Inputs are exactly as long as CKernels.h says they are read, results as they are written.
@Suite struct GuardedKernelTests {
    typealias Inputs = [UnsafeMutablePointer<Float>]

    /// One kernel that makes element i of its results of elements i of its inputs.
    struct Elementwise: CustomTestStringConvertible, Sendable {
        let name: String
        let inputs: Int
        let outputs: Int
        let run: @Sendable (_ inputs: Inputs, _ outputs: Inputs, _ count: Int) -> Void
        /// The results' elements, of the inputs' and of what was there before.
        let twin: @Sendable (_ inputs: [Float], _ before: Float) -> [Float]

        init(
            _ name: String, _ inputs: Int, outputs: Int = 1, run: @escaping @Sendable (Inputs, Inputs, Int) -> Void,
            twin: @escaping @Sendable ([Float], Float) -> [Float]
        ) {
            (self.name, self.inputs, self.outputs, self.run, self.twin) = (name, inputs, outputs, run, twin)
        }

        var testDescription: String { name }
    }

    static func clamped(_ value: Float, _ low: Float = 0, _ high: Float = 1) -> Float {
        let above = value > low ? value : low
        return above < high ? above : high
    }

    static func floats(_ count: Int, _ random: inout SeededRandom, zeros: Bool = false) -> [Float] {
        let first = zeros ? Int.random(in: 0...max(count, 1), using: &random) : count
        return (0..<count).map { index in
            // A long stretch of zeros, too: kernels skip those of alpha.
            let value = Float.random(in: 0...1, using: &random)
            return (first..<first + 150).contains(index) ? 0 : value
        }
    }

    static let plain: [Elementwise] = [
        .init("clamp", 1) {
            matte_clamp($0[0], $1[0], $2)
        } twin: { inputs, _ in
            [clamped(inputs[0])]
        },
        .init("mix", 2) {
            matte_mix($0[0], $0[1], 0.3, $1[0], $2)
        } twin: { i, _ in
            [i[0] + (i[1] - i[0]) * 0.3]
        },
        .init("accumulate", 1) {
            matte_accumulate($0[0], 0.3, $1[0], $2)
        } twin: { i, before in
            [before + i[0] * 0.3]
        },
        .init("scale", 1) {
            matte_scale($0[0], 0.3, $1[0], $2)
        } twin: { i, _ in
            [i[0] * 0.3]
        },
        .init("over", 3) {
            matte_over($0[0], $0[1], $0[2], $1[0], $2)
        } twin: { i, _ in
            [i[0] * i[1] + i[2] * (1 - i[1])]
        },
        .init("over a colour", 2) {
            matte_over_color($0[0], $0[1], 0.4, $1[0], $2)
        } twin: { i, _ in
            [i[0] * i[1] + 0.4 * (1 - i[1])]
        },
        .init("multiply", 2) {
            matte_multiply($0[0], $0[1], $1[0], $2)
        } twin: { i, _ in
            [i[0] * i[1]]
        },
        .init("multiply by the inverse", 2) {
            matte_multiply_inverse($0[0], $0[1], $1[0], $2)
        } twin: { i, _ in
            [i[0] * (1 - i[1])]
        },
        .init("keep", 2) {
            matte_keep($0[0], $0[1], 0.4, $1[0], $2)
        } twin: { i, _ in
            [i[1] >= 0.4 ? i[0] : 0]
        },
        .init("divide", 3) {
            matte_divide($0[0], $0[1], 0.2, $0[2], $1[0], $2)
        } twin: { i, _ in
            [i[1] > 0.2 ? i[0] / i[1] : i[2]]
        },
        .init("fuse", 4) {
            matte_fuse($0[0], $0[1], $0[2], $0[3], $1[0], $2)
        } twin: { i, _ in
            [clamped(i[2] + i[1] * (i[0] - i[1] * i[2] - (1 - i[1]) * i[3]))]
        },
        .init("Y'CbCr to R'G'B'", 3, outputs: 3) {
            matte_ycc_to_rgb($0[0], $0[1], $0[2], [1.402, 0.344136, 0.714136, 1.772], $1[0], $1[1], $1[2], $2)
        } twin: { i, _ in
            [
                clamped(i[0] + 1.402 * i[2]), clamped(i[0] - 0.344136 * i[1] - 0.714136 * i[2]),
                clamped(i[0] + 1.772 * i[1]),
            ]
        },
        .init("R'G'B' to Y'CbCr", 3, outputs: 3) {
            matte_rgb_to_ycc($0[0], $0[1], $0[2], [0.299, 0.587, 0.114, 0.564334, 0.713267], $1[0], $1[1], $1[2], $2)
        } twin: { i, _ in
            let luma: Float = 0.299 * i[0] + 0.587 * i[1] + 0.114 * i[2]
            return [luma, (i[2] - luma) * 0.564334, (i[0] - luma) * 0.713267]
        },
    ]

    // Inputs 0 to 3: slopes and offsets of two grid rows; 4: the source; 5: alpha; 6: the background.
    private static func rows(_ inputs: Inputs) -> matte_affine_rows {
        matte_affine_rows(
            slope0: inputs[0], slope1: inputs[1], offset0: inputs[2], offset1: inputs[3], weight0: 0.3, weight1: 0.7)
    }

    private static func color(_ i: [Float]) -> Float {
        clamped((i[0] * 0.3 + i[1] * 0.7) * i[4] + (i[2] * 0.3 + i[3] * 0.7) + i[4])
    }

    private static func affine(
        _ name: String,
        _ run:
            @escaping @Sendable (
                _ source: UnsafePointer<Float>, UnsafePointer<matte_affine_rows>, _ alpha: UnsafePointer<Float>,
                _ behind: UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int
            ) -> Void, twin: @escaping @Sendable ([Float]) -> Float
    ) -> Elementwise {
        Elementwise(name, 7) { inputs, outputs, count in
            var rows = rows(inputs)
            run(inputs[4], &rows, inputs[5], inputs[6], outputs[0], count)
        } twin: { inputs, _ in
            [twin(inputs)]
        }
    }

    static let affine: [Elementwise] = [
        affine("affine alpha") {
            matte_affine_alpha($0, $2, $3, $1, $4, $5)
        } twin: { i in
            let third: Float = 1 / 3
            return clamped((i[0] * 0.3 + i[1] * 0.7) * ((i[4] + i[5] + i[6]) * third) + (i[2] * 0.3 + i[3] * 0.7))
        },
        affine("affine colour") { source, rows, _, _, target, count in
            matte_affine_color(source, rows, target, count)
        } twin: {
            color($0)
        },
        affine("affine over") {
            matte_affine_over($0, $1, $2, $3, $4, $5)
        } twin: {
            color($0) * $0[5] + $0[6] * (1 - $0[5])
        },
        affine("affine over a colour") { source, rows, alpha, _, target, count in
            matte_affine_over_color(source, rows, alpha, 0.4, target, count)
        } twin: {
            color($0) * $0[5] + 0.4 * (1 - $0[5])
        },
        affine("affine multiply") { source, rows, alpha, _, target, count in
            matte_affine_multiply(source, rows, alpha, target, count)
        } twin: {
            color($0) * $0[5]
        },
        affine("affine keep") { source, rows, alpha, _, target, count in
            matte_affine_keep(source, rows, alpha, 0.4, target, count)
        } twin: {
            $0[5] >= 0.4 ? color($0) : 0
        },
        affine("affine fuse") { source, rows, alpha, _, target, count in
            matte_affine_fuse(source, rows, alpha, target, count)
        } twin: { i in
            let (f, b) = (i[0] * 0.3 + i[1] * 0.7, i[2] * 0.3 + i[3] * 0.7)
            let fused = f + i[5] * (i[4] - i[5] * f - (1 - i[5]) * b)
            return clamped(i[5] == 1 ? i[4] : fused)
        },
    ]

    @Test("Element by element", arguments: plain + affine)
    func elementwise(kernel: Elementwise) throws {
        for seed in 0..<24 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let count = seed == 0 ? 0 : Int.random(in: 1...330, using: &random)
            let place = seed % 2 == 0 ? GuardedMemory<Float>.Place.end : .start
            let values = (0..<kernel.inputs).map { Self.floats(count, &random, zeros: $0 == 5) }
            let before = Self.floats(count, &random)
            let inputs = try values.map { try GuardedMemory($0, at: place) }
            let outputs = try (0..<kernel.outputs).map { _ in try GuardedMemory(before, at: place) }
            kernel.run(inputs.map(\.base), outputs.map(\.base), count)
            let expected = (0..<count).map { index in kernel.twin(values.map { $0[index] }, before[index]) }
            for (output, result) in outputs.enumerated() {
                #expect(result.elements == expected.map { $0[output] }, "seed \(seed), \(count) elements")
            }
        }
    }
}
