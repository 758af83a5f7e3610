import Frames
import Testing
import V4L2

struct BufferPlaneTests {
    /// 6×4 pictures in rows of 8 bytes: offsets counted by hand from linux/videodev2.h's drawings.
    @Test func planesFollowOneAnother() {
        let size = Size(width: 6, height: 4)
        let planar = BufferPlane.all(of: .yuv420(), size: size, strideBytes: 8)
        #expect(planar.map(\.offsetBytes) == [0, 32, 40])
        #expect(planar.map(\.strideBytes) == [8, 4, 4])
        #expect(planar.map(\.rowBytes) == [6, 3, 3])
        #expect(planar.last?.endBytes == 47)
        let pairs = BufferPlane.all(of: .nv12, size: size, strideBytes: 8)
        #expect(pairs.map(\.offsetBytes) == [0, 32])
        #expect(pairs.map(\.strideBytes) == [8, 8])
        #expect(BufferPlane.all(of: .rgb24, size: size, strideBytes: 20).map(\.endBytes) == [3 * 20 + 18])
    }

    @Test func aStrideThatIsTooShortIsNotBelieved() {
        let planes = BufferPlane.all(of: .rgb24, size: Size(width: 6, height: 2), strideBytes: 0)
        #expect(planes.map(\.strideBytes) == [18])
    }
}
