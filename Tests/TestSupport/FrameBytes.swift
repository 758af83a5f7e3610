public import Frames

extension Frame {
    /// The picture as FFmpeg's raw video has it: plane after plane, rows without padding; for tests only.
    public var rawBytes: [UInt8] {
        var bytes: [UInt8] = []
        for index in planes.indices {
            let (rowBytes, rows) = format.layout(ofPlane: index, in: size)
            withPlane(index) { plane in
                for row in 0..<rows {
                    let start = plane.base + row * plane.strideBytes
                    bytes += UnsafeRawBufferPointer(start: start, count: rowBytes)
                }
            }
        }
        return bytes
    }
}
