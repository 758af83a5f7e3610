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

    /// As FFmpeg counts them, av_image_get_buffer_size(…, 1): with any other number it takes a picture for damaged.
    @Test(arguments: [(320, 240, 115_200, 230_400), (640, 360, 345_600, 691_200), (322, 182, 87_906, 175_812)])
    func aPictureHasNoMoreBytesThanItsPixels(width: Int, height: Int, planar: Int, packed: Int) {
        let size = Size(width: width, height: height)
        #expect(BufferPlane.pictureBytes(in: BufferPlane.all(of: .yuv420(), size: size, strideBytes: width)) == planar)
        #expect(BufferPlane.pictureBytes(in: BufferPlane.all(of: .rgb24, size: size, strideBytes: 3 * width)) == packed)
    }

    @Test func aStrideThatIsTooShortIsNotBelieved() {
        let planes = BufferPlane.all(of: .rgb24, size: Size(width: 6, height: 2), strideBytes: 0)
        #expect(planes.map(\.strideBytes) == [18])
    }
}
