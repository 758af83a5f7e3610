import FFmpeg
import Foundation
import Frames
import TestSupport
import Testing

@testable import Decoding

struct CameraPicturesTests {
    /// Rows with padding between them, as drivers have them, against the same samples without.
    @Test(arguments: ["YU12", "NV12", "YUYV", "UYVY", "YVYU", "RGB3", "BGR3"])
    func buffersAreCopiedRowByRow(format: String) throws {
        let pixels = try #require(CameraLayout.named(format)?.pixels)
        let size = Size(width: 6, height: 4)
        let stride = pixels.layout(ofPlane: 0, in: size).rowBytes + 10
        var random = SeededRandom(seed: 7)
        let bytes = (0..<stride * 4 * 2).map { _ in UInt8.random(in: 0...255, using: &random) }
        let buffer = FrameBuffer(size: size, format: pixels)
        #expect(bytes.withUnsafeBytes { CameraLayout.copy($0, strideBytes: stride, to: buffer) })
        var start = 0
        for plane in 0..<pixels.planeCount {
            let (rowBytes, rows) = pixels.layout(ofPlane: plane, in: size)
            // Half-width planes have half the stride.
            let planeStride = plane > 0 && pixels.planeCount == 3 ? stride / 2 : stride
            buffer.withMutablePlane(plane) { base, target in
                for row in 0..<rows {
                    let copied = UnsafeRawBufferPointer(start: base + row * target, count: rowBytes)
                    #expect(Array(copied) == Array(bytes[(start + row * planeStride)...].prefix(rowBytes)))
                }
            }
            start += planeStride * rows
        }
    }

    @Test func aShortBufferIsNoPicture() {
        let buffer = FrameBuffer(size: Size(width: 6, height: 4), format: .rgb24)
        let bytes = [UInt8](repeating: 0, count: 6 * 4 * 3 - 1)
        #expect(!bytes.withUnsafeBytes { CameraLayout.copy($0, strideBytes: 18, to: buffer) })
        #expect(!CameraLayout.copy(UnsafeRawBufferPointer(start: nil, count: 0), strideBytes: 18, to: buffer))
    }

    @Test func picturesOfAWebcamAreDecodedAndRubbishIsNot() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("red.jpg")
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "color=red:64x48", "-frames:v", "1", "-pix_fmt", "yuvj420p", "-q:v", "2", path,
        ])
        let file = try Data(contentsOf: URL(fileURLWithPath: path))
        let decoder = try JPEGDecoder()
        let timestamp = Timestamp(ticks: 1234, timeBase: Rational(1, 1_000_000))
        func decode(_ data: Data) throws -> Frame? {
            try data.withUnsafeBytes {
                try decoder.decode($0, color: ColorDescription(), timestamp: timestamp, duration: 33_333)
            }
        }
        let frame = try #require(try decode(file))
        #expect(frame.size == Size(width: 64, height: 48) && frame.timestamp == timestamp && frame.duration == 33_333)
        // Red in BT.601 at full range: 76.
        frame.withPlane(0) { #expect(abs(Int($0.base.load(as: UInt8.self)) - 76) <= 2) }
        #expect(try decode(Data("no picture".utf8)) == nil)
        #expect(try decode(Data()) == nil)
        #expect(try decode(file.prefix(20)) == nil)
        // What came before does not spoil what follows.
        #expect(try decode(file) != nil)
    }
}
