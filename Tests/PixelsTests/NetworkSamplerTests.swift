import Frames
import Pixels
import TestSupport
import Testing

@Suite struct NetworkSamplerTests {
    @Test("Sampling is reading and resizing, bit by bit", arguments: OtherFormats.readable.indices)
    func equalsReadAndResize(index: Int) {
        let format = OtherFormats.readable[index]
        var random = SeededRandom(seed: UInt64(index))
        let sizes = [
            ((1, 1), (3, 2)), ((3, 5), (1, 1)), ((17, 31), (5, 7)), ((40, 9), (40, 4)), ((9, 40), (5, 40)),
            ((7, 7), (7, 7)), ((5, 3), (16, 9)), ((130, 90), (35, 45)), ((64, 36), (51, 29)),
        ]
        for (turn, (from, to)) in sizes.enumerated() {
            let frame = TestPictures.frame(
                Size(width: from.0, height: from.1), format,
                color: ColorDescription(range: turn % 2 == 0 ? .limited : .full), padding: turn * 3,
                isBottomUp: turn % 2 == 1
            ) { component, _, _ in
                Int.random(in: 0..<(1 << format.components[component].depth), using: &random)
            }
            let target = Size(width: to.0, height: to.1)
            let expected = FrameReader().read(frame).resized(to: target, filter: .bilinear)
            let sampled = NetworkSampler.sample(frame, to: target, pool: FloatPool())
            #expect(sampled.size == target && sampled.values == expected.values, "\(format) \(from) to \(to)")
        }
    }

    /// Positions by ONNX's definition: (i + 0.5) / ratio − 0.5 for every i, whatever the sizes are.
    @Test(arguments: [(854, 480, Float(512) / 854), (33, 20, 0.37), (10, 3, 0.34), (7, 5, 1)] as [(Int, Int, Float)])
    func aRatioDecidesTheStep(width: Int, height: Int, ratio: Float) {
        let frame = TestPictures.frame(Size(width: width, height: height), .gbrap(depth: 16)) { component, x, y in
            component == 3 ? 65535 : component == 0 ? x * 60 : y * 60
        }
        let sampled = NetworkSampler.sample(frame, ratio: ratio)
        #expect(sampled.size == Size(width: Int(Float(width) * ratio), height: Int(Float(height) * ratio)))
        func position(_ index: Int, _ count: Int, _ old: Int) -> Double {
            count == 1 ? 0 : min(max((Double(index) + 0.5) / Double(ratio) - 0.5, 0), Double(old - 1))
        }
        for y in 0..<sampled.size.height {
            for x in 0..<sampled.size.width {
                let expected = (
                    position(x, sampled.size.width, width) * 60 / 65535,
                    position(y, sampled.size.height, height) * 60 / 65535
                )
                let (red, green) = (sampled.value(0, x, y), sampled.value(1, x, y))
                #expect(abs(Double(red) - expected.0) < 1e-5 && abs(Double(green) - expected.1) < 1e-5)
            }
        }
    }
}
