import Frames

/// Pictures and mattes to work on, the same ones every time: smooth shapes with some noise, and a subject in the middle
/// third, as in most clips.
struct Scene {
    let size: Size
    let frame: Frame
    let turns: Turns
    let matte: AffineMatte
    let background: FloatImage

    /// - Parameter spreadBytes: how much memory the copies of the frame take.
    init(_ size: Size, _ format: PixelFormat, spreadBytes: Int = 0) {
        self.size = size
        let frame = Self.frame(size, format)
        self.frame = frame
        let count = max(1, spreadBytes / max(frame.byteCount, 1))
        turns = Turns([frame] + (1..<max(count, 1)).map { _ in frame.copied() })
        matte = Self.matte(size)
        background = FloatImage(size: size, channels: 3) { floats in
            for index in floats.indices { floats[index] = Float(index % 251) / 250 }
        }
    }

    private static func frame(_ size: Size, _ format: PixelFormat) -> Frame {
        let buffer = FrameBuffer(size: size, format: format)
        var noise: UInt64 = 1
        for (index, component) in format.components.enumerated() {
            let samples = format.size(ofComponent: index, in: size)
            buffer.withMutablePlane(component.plane) { base, stride in
                for y in 0..<samples.height {
                    for x in 0..<samples.width {
                        noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        let wave = (x * 3 + y * 5) % 128
                        let code = (56 + wave + Int(noise >> 60)) << (component.depth - 8 + component.shift)
                        let at = base + y * stride + component.offsetBytes + x * component.stepBytes
                        if component.depth + component.shift > 8 {
                            at.storeBytes(of: UInt16(code), as: UInt16.self)
                        } else {
                            at.storeBytes(of: UInt8(code), as: UInt8.self)
                        }
                    }
                }
            }
        }
        return buffer.frame(
            color: ColorDescription(matrix: .bt709, range: .limited, chromaLocation: .left),
            timestamp: Timestamp(ticks: 0, timeBase: Rational(1, 25)))
    }

    private static func matte(_ size: Size) -> AffineMatte {
        let scale = max(Double(size.longerSide) / 512, 1)
        let grid = Size(
            width: max(Int(Double(size.width) / scale), 1), height: max(Int(Double(size.height) / scale), 1))
        func filled(_ value: (_ channel: Int, _ x: Int, _ y: Int) -> Float) -> FloatImage {
            FloatImage(size: grid, channels: 4) { floats in
                for index in floats.indices {
                    let (channel, pixel) = index.quotientAndRemainder(dividingBy: grid.pixelCount)
                    floats[index] = value(channel, pixel % grid.width, pixel / grid.width)
                }
            }
        }
        let (left, right) = (Float(grid.width) / 3, Float(grid.width) * 2 / 3)
        return AffineMatte(
            slope: filled { channel, x, y in channel == 3 ? 0.1 * Float((x + y) % 3) : 0.05 },
            offset: filled { channel, x, _ in
                channel == 3 ? min(Float(x) - left, right - Float(x)) / 8 : -0.02
            }, pictureSize: size)
    }
}

/// Frames that look alike, one after the other, and as many results that stay alive: in a clip neither is in the
/// processor's caches.
final class Turns {
    private let frames: [Frame]
    private var results: [Frame?]
    private var turn = 0

    init(_ frames: [Frame]) {
        self.frames = frames
        results = frames.map { _ in nil }
    }

    /// - Parameter body: may give a frame to be kept until it is this one's turn again.
    func next(_ body: (Frame) throws -> Frame?) rethrows {
        turn = (turn + 1) % frames.count
        results[turn] = nil
        results[turn] = try body(frames[turn])
    }
}

extension Frame {
    func copied() -> Frame {
        let buffer = FrameBuffer(size: size, format: format)
        for index in planes.indices {
            let (rowBytes, rows) = format.layout(ofPlane: index, in: size)
            buffer.withMutablePlane(index) { base, stride in
                for row in 0..<rows {
                    (base + row * stride).copyMemory(
                        from: planes[index].base + row * planes[index].strideBytes, byteCount: rowBytes)
                }
            }
        }
        return buffer.frame(color: color, timestamp: timestamp)
    }

    /// Bytes of the picture, without padding.
    var byteCount: Int {
        (0..<format.planeCount).reduce(0) { sum, plane in
            let (rowBytes, rows) = format.layout(ofPlane: plane, in: size)
            return sum + rowBytes * rows
        }
    }
}
