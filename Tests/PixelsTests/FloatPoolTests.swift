import Frames
import Testing

@Suite struct FloatPoolTests {
    private func image(_ width: Int, _ pool: FloatPool) -> FloatImage {
        FloatImage(size: Size(width: width, height: 1), channels: 1, pool: pool) {
            $0.initialize(repeating: Float(width))
        }
    }

    @Test func memoryServesCountsUpToHalfAsLarge() {
        let pool = FloatPool(capacity: 1 << 20)
        var first: FloatImage? = image(1000, pool)
        let place = first?.unsafeBase
        first = nil
        let smaller = image(600, pool)
        #expect(smaller.unsafeBase == place)
        #expect(smaller.withFloats { $0.count == 600 && $0.allSatisfy { $0 == 600 } })
        // Taken, and much too large: other memory.
        #expect(image(600, pool).unsafeBase != place)
        #expect(image(100, pool).unsafeBase != place)
    }

    @Test func picturesThatLiveKeepTheirs() {
        let pool = FloatPool(capacity: 100)
        let images = (1...20).map { image($0 * 10, pool) }
        for (index, image) in images.enumerated() {
            #expect(image.withFloats { $0.allSatisfy { $0 == Float(index + 1) * 10 } })
        }
        #expect(Set(images.map(\.unsafeBase)).count == 20)
    }
}
