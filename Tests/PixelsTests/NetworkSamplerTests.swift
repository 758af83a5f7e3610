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
}
