public import Frames

/// Small pictures for tests of pixels.
public enum TestPictures {
    /// A picture whose value at (channel, x, y) is `value`.
    public static func make(
        _ width: Int, _ height: Int, channels: Int = 1, value: (_ channel: Int, _ x: Int, _ y: Int) -> Float
    ) -> FloatImage {
        let size = Size(width: width, height: height)
        return FloatImage(size: size, channels: channels) { floats in
            for channel in 0..<channels {
                for y in 0..<height {
                    for x in 0..<width { floats[(channel * height + y) * width + x] = value(channel, x, y) }
                }
            }
        }
    }

    /// Values 0…1 that a seed decides.
    public static func random(_ width: Int, _ height: Int, channels: Int = 1, seed: UInt64) -> FloatImage {
        var random = SeededRandom(seed: seed)
        return make(width, height, channels: channels) { _, _, _ in Float.random(in: 0...1, using: &random) }
    }

    /// A frame whose code of component `component` at (x, y) of its plane is `code`. Bits and bytes that belong to no
    /// sample are set, so that a reader that looks at them shows.
    ///
    /// - Parameters:
    ///   - padding: bytes between rows.
    ///   - isBottomUp: rows lie in memory last to first, with a negative stride.
    public static func frame(
        _ size: Size, _ format: PixelFormat, color: ColorDescription = .init(), padding: Int = 0,
        isBottomUp: Bool = false, timestamp: Timestamp = Timestamp(ticks: 0, timeBase: Rational(1, 25)),
        code: (_ component: Int, _ x: Int, _ y: Int) -> Int
    ) -> Frame {
        let storage = Storage()
        var planes: [Frame.Plane] = []
        for plane in 0..<format.planeCount {
            let (rowBytes, rows) = format.layout(ofPlane: plane, in: size)
            let stride = rowBytes + padding
            let memory = storage.allocate(stride * max(rows, 1) + 64)
            let first = memory + (isBottomUp ? stride * (rows - 1) : 0)
            let step = isBottomUp ? -stride : stride
            for (index, component) in format.components.enumerated() where component.plane == plane {
                let samples = format.size(ofComponent: index, in: size)
                for y in 0..<samples.height {
                    for x in 0..<samples.width {
                        let at = first + y * step + component.offsetBytes + x * component.stepBytes
                        let keep = ((1 << component.depth) - 1) << component.shift
                        let bits = code(index, x, y) << component.shift
                        if component.depth + component.shift > 8 {
                            let old = Int(at.loadUnaligned(as: UInt16.self))
                            at.storeBytes(of: UInt16(truncatingIfNeeded: old & ~keep | bits), as: UInt16.self)
                        } else {
                            let old = Int(at.load(as: UInt8.self))
                            at.storeBytes(of: UInt8(truncatingIfNeeded: old & ~keep | bits), as: UInt8.self)
                        }
                    }
                }
            }
            planes.append(Frame.Plane(base: UnsafeRawPointer(first), strideBytes: step))
        }
        return Frame(size: size, format: format, color: color, timestamp: timestamp, planes: planes, storage: storage)
    }

    private final class Storage: @unchecked Sendable {
        // Sendable: written only while the frame is made.
        private var blocks: [UnsafeMutableRawPointer] = []

        func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
            let block = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
            block.initializeMemory(as: UInt8.self, repeating: 0xFF, count: byteCount)
            blocks.append(block)
            return block
        }

        deinit { for block in blocks { block.deallocate() } }
    }
}

extension FloatImage {
    /// The value at a place; for tests only.
    public func value(_ channel: Int, _ x: Int, _ y: Int) -> Float {
        withChannel(channel) { $0[y * size.width + x] }
    }

    /// All floats, channel after channel; for tests only.
    public var values: [Float] { withFloats { Array($0) } }
}

extension Frame {
    /// The code of a component at a place of its plane; for tests only.
    public func code(_ component: Int, _ x: Int, _ y: Int) -> Int {
        let layout = format.components[component]
        return withPlane(layout.plane) { plane in
            let at = plane.base + y * plane.strideBytes + layout.offsetBytes + x * layout.stepBytes
            let word =
                layout.depth + layout.shift > 8
                ? Int(at.loadUnaligned(as: UInt16.self)) : Int(at.load(as: UInt8.self))
            return (word >> layout.shift) & ((1 << layout.depth) - 1)
        }
    }
}
