import Frames
import Testing

@testable import Plates

@Suite struct PullPushTests {
    @Test func spreadsOneKnownPixelEverywhere() {
        let size = Size(width: 33, height: 17)
        let weighted = FloatImage(size: size, channels: 2) { floats in
            floats.initialize(repeating: 0)
            floats[5 * 33 + 7] = 0.7
            floats[size.pixelCount + 5 * 33 + 7] = 1
        }
        let values = PullPush.spread(weighted, strength: 0.02, otherwise: [0])
        values.withFloats { values in
            #expect(values.allSatisfy { abs($0 - 0.7) < 0.05 })
            #expect(abs(values[5 * 33 + 7] - 0.7) < 0.01)
        }
    }

    @Test func givesTheOtherValueWhereNothingIsKnown() {
        let nothing = FloatImage(size: Size(width: 16, height: 9), channels: 2) { $0.initialize(repeating: 0) }
        PullPush.spread(nothing, strength: 0.02, otherwise: [0.3]).withFloats { values in
            #expect(values.allSatisfy { abs($0 - 0.3) < 1e-6 })
        }
    }
}
