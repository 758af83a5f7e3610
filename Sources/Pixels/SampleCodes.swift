internal import CKernels
internal import Frames

/// Which code numbers stand for 0 and 1 (ITU-T H.273, equations 20 to 37): value = (code − offset) / range.
struct SampleCodes {
    var offset: Float
    var range: Float
    /// The lowest and highest code that is written.
    var low: Float
    var high: Float

    /// - Parameter component: index in `format.components`; alpha and R, G, B of whole range use every code.
    init(component: Int, format: PixelFormat, color: ColorDescription) {
        let depth = format.components[component].depth
        let top = Float((1 << depth) - 1)
        let isAlpha = format.hasAlpha && component == format.components.count - 1
        let isChroma = format.model == .yuv && (component == 1 || component == 2)
        if isAlpha || (color.range != .limited && !isChroma) {
            (offset, range, low, high) = (0, top, 0, top)
        } else if color.range != .limited {
            (offset, range, low, high) = (Float(1 << (depth - 1)), top, 0, top)
        } else {
            // The levels of 8 bits times 2^(depth - 8).
            let unit = Float(1 << depth) / 256
            offset = (isChroma ? 128 : 16) * unit
            range = (isChroma ? 224 : 219) * unit
            (low, high) = (16 * unit, (isChroma ? 240 : 235) * unit)
        }
    }
}

extension PixelFormat.Component {
    var layout: matte_layout {
        matte_layout(step: stepBytes, shift: UInt32(shift), mask: UInt32((1 << depth) - 1))
    }

    /// How far ahead of a row what is read next is asked for.
    private static let rowsAhead = 2

    /// The bytes read at once: FFmpeg's rule for `AVComponentDescriptor`.
    var wordBytes: Int { shift + depth > 8 ? 2 : 1 }

    /// Samples of row `row` of this component from `column` on as floats, by the meaning `codes` gives them.
    func unpack(
        _ plane: Frame.Plane, row: Int, column: Int = 0, codes: SampleCodes,
        into target: UnsafeMutablePointer<Float>, count: Int
    ) {
        let source = (plane.base + row * plane.strideBytes + offsetBytes + column * stepBytes)
            .assumingMemoryBound(to: UInt8.self)
        // A tile's rows lie too far apart for the processor to guess the next one.
        matte_prefetch(source + Self.rowsAhead * plane.strideBytes, count * stepBytes)
        if wordBytes == 1 {
            matte_unpack8(source, layout, codes.offset, codes.range, target, count)
        } else {
            matte_unpack16(source, layout, codes.offset, codes.range, target, count)
        }
    }

    /// Writes a row of floats as codes.
    func pack(
        _ source: UnsafePointer<Float>, codes: SampleCodes, to base: UnsafeMutableRawPointer, strideBytes: Int,
        row: Int, column: Int, count: Int
    ) {
        let target = (base + row * strideBytes + offsetBytes + column * stepBytes)
            .assumingMemoryBound(to: UInt8.self)
        if wordBytes == 1 {
            matte_pack8(source, codes.range, codes.offset, codes.low, codes.high, target, layout, count)
        } else {
            matte_pack16(source, codes.range, codes.offset, codes.low, codes.high, target, layout, count)
        }
    }
}
