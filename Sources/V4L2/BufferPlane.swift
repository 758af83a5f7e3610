public import Frames

/// Where a plane of a picture lies in a buffer: planes follow one another without gaps, as linux/videodev2.h has it for
/// formats in one buffer.
public struct BufferPlane: Sendable, Hashable {
    public let offsetBytes: Int
    public let strideBytes: Int
    /// Bytes of a row that count.
    public let rowBytes: Int
    public let rows: Int

    public var endBytes: Int { offsetBytes + strideBytes * max(0, rows - 1) + rowBytes }

    /// - Parameter strideBytes: of the first plane; those of the others follow from it.
    public static func all(of format: PixelFormat, size: Size, strideBytes: Int) -> [BufferPlane] {
        let firstRow = max(1, format.layout(ofPlane: 0, in: size).rowBytes)
        let firstStride = max(strideBytes, firstRow)
        var planes: [BufferPlane] = []
        for plane in 0..<format.planeCount {
            let (rowBytes, rows) = format.layout(ofPlane: plane, in: size)
            // Planar chroma has half the first plane's stride; NV12's pairs have all of it.
            let stride = plane == 0 ? firstStride : max(rowBytes, firstStride * rowBytes / firstRow)
            let offset = planes.last.map { $0.offsetBytes + $0.strideBytes * $0.rows } ?? 0
            planes.append(BufferPlane(offsetBytes: offset, strideBytes: stride, rowBytes: rowBytes, rows: rows))
        }
        return planes
    }

    /// Bytes of a picture in these planes: what a writer has to say that it wrote. Not what the driver makes room for,
    /// which v4l2loopback 0.12 rounds up to whole pages; FFmpeg takes no picture of that many bytes.
    public static func pictureBytes(in planes: [BufferPlane]) -> Int { planes.map(\.endBytes).max() ?? 0 }
}
