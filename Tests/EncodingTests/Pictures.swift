import Frames
import TestSupport

/// Pictures for encoders, made from numbers.
enum Pictures {
    /// Samples of every plane are `value(component, x, y)`, scaled to nothing: code values of the format's depth.
    static func frame(
        _ size: Size, _ format: PixelFormat, color: ColorDescription = .init(), ticks: Int64, timeBase: Rational,
        duration: Int64 = 0, value: (_ component: Int, _ x: Int, _ y: Int) -> Int
    ) -> Frame {
        let buffer = FrameBuffer(size: size, format: format)
        for (index, component) in format.components.enumerated() {
            let samples = format.size(ofComponent: index, in: size)
            buffer.withMutablePlane(component.plane) { base, stride in
                for y in 0..<samples.height {
                    for x in 0..<samples.width {
                        let place = base + y * stride + component.offsetBytes + x * component.stepBytes
                        let code = value(index, x, y)
                        if component.depth > 8 {
                            place.storeBytes(of: UInt16(code << component.shift).littleEndian, as: UInt16.self)
                        } else {
                            place.storeBytes(of: UInt8(code), as: UInt8.self)
                        }
                    }
                }
            }
        }
        return buffer.frame(
            color: color, timestamp: Timestamp(ticks: ticks, timeBase: timeBase), duration: duration)
    }

    /// A moving ramp; the left half's alpha is 0, the right half's is the largest code.
    static func ramp(
        _ size: Size, _ format: PixelFormat, color: ColorDescription = .init(), number: Int, ticks: Int64,
        timeBase: Rational, duration: Int64 = 0
    ) -> Frame {
        let largest = (1 << format.depth) - 1
        let low = format.model == .yuv ? largest / 8 : 0
        return frame(size, format, color: color, ticks: ticks, timeBase: timeBase, duration: duration) {
            component, x, y in
            if format.hasAlpha, component == format.components.count - 1 { return x < size.width / 2 ? 0 : largest }
            let step = (x * 3 + y * 2 + number * 5 + component * 31) % 128
            return low + step * (largest - 2 * low) / 127
        }
    }

    /// Every code of the format somewhere, without a pattern.
    static func noise(
        _ size: Size, _ format: PixelFormat, color: ColorDescription = .init(), seed: UInt64, ticks: Int64,
        timeBase: Rational
    ) -> Frame {
        var random = SeededRandom(seed: seed)
        return frame(size, format, color: color, ticks: ticks, timeBase: timeBase) { component, _, _ in
            Int(random.next() >> 40) & ((1 << format.components[component].depth) - 1)
        }
    }

    /// A frame's samples without padding, plane after plane: what `ffmpeg -f rawvideo` gives.
    static func bytes(of frame: Frame) -> [UInt8] {
        var bytes: [UInt8] = []
        for plane in frame.planes.indices {
            let (rowBytes, rows) = frame.format.layout(ofPlane: plane, in: frame.size)
            frame.withPlane(plane) { plane in
                for row in 0..<rows {
                    bytes += UnsafeRawBufferPointer(start: plane.base + row * plane.strideBytes, count: rowBytes)
                }
            }
        }
        return bytes
    }
}
