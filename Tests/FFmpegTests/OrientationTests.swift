import CFFmpeg
import Frames
import Testing

@testable import FFmpeg

/// Matrices come from libavutil's own makers.
@Suite struct OrientationTests {
    private func matrix(_ degrees: Double, flips: (Int32, Int32) = (0, 0)) -> [Int32] {
        var matrix = [Int32](repeating: 0, count: 9)
        av_display_rotation_set(&matrix, degrees)
        av_display_matrix_flip(&matrix, flips.0, flips.1)
        return matrix
    }

    @Test(arguments: [(0.0, 0), (90, 90), (180, 180), (270, 270), (-90, 270), (360, 0)])
    func turns(_ degrees: Double, _ clockwise: Int) {
        let orientation = Orientation(matrix: matrix(degrees))
        #expect(orientation == Orientation(degreesClockwise: clockwise, isMirrored: false))
        #expect(orientation.swapsSides == (clockwise % 180 != 0))
    }

    @Test func mirrors() {
        #expect(Orientation(matrix: matrix(0, flips: (1, 0))).filters == ["hflip"])
        #expect(Orientation(matrix: matrix(0, flips: (0, 1))).filters == ["hflip", "hflip", "vflip"])
        #expect(Orientation(matrix: matrix(0, flips: (1, 1))).filters == ["hflip", "vflip"])
    }

    @Test(arguments: [45.0, 30, 91.5])
    func anglesInBetweenStayAsStored(_ degrees: Double) {
        #expect(Orientation(matrix: matrix(degrees)) == .upright)
    }

    @Test func chromaPlacesTurnWithThePicture() {
        let clockwise = Orientation(degreesClockwise: 90, isMirrored: false)
        #expect(clockwise.turned(.left) == .top)
        #expect(clockwise.turned(.unspecified) == .top)
        #expect(clockwise.turned(.bottomLeft) == .topLeft)
        #expect(clockwise.turned(.center) == .center)
        let against = Orientation(degreesClockwise: 270, isMirrored: false)
        #expect(against.turned(.left) == .bottom)
        #expect(against.turned(.top) == .left)
        #expect(Orientation(degreesClockwise: 180, isMirrored: false).turned(.left) == .center)
        #expect(Orientation(degreesClockwise: 180, isMirrored: false).turned(.top) == .bottom)
        #expect(Orientation.upright.turned(.unspecified) == .unspecified)
    }

    @Test func nonsenseIsUpright() {
        #expect(Orientation(matrix: [Int32](repeating: 0, count: 9)) == .upright)
    }
}
