import Foundation
import Frames
import TestSupport

/// Colour conversion pixel by pixel in double precision, written from ITU-T H.273 and not from the code under test.
enum ReferenceConversion {
    /// R'G'B' 0…1 of one pixel.
    static func rgb(_ frame: Frame, _ x: Int, _ y: Int) -> [Double] {
        let format = frame.format
        let color = frame.color.resolved(for: frame.size, format: format)
        let isFull = color.range == .full
        func level(_ component: Int, _ code: Double, chroma: Bool) -> Double {
            let depth = Double(format.components[component].depth)
            if isFull { return (code - (chroma ? pow(2, depth - 1) : 0)) / (pow(2, depth) - 1) }
            let scale = pow(2, depth - 8)
            return chroma ? (code / scale - 128) / 224 : (code / scale - 16) / 219
        }
        if format.model != .yuv {
            return (0..<3).map { channel in
                let component = format.model == .rgb ? channel : 0
                return min(max(level(component, Double(frame.code(component, x, y)), chroma: false), 0), 1)
            }
        }
        let luma = level(0, Double(frame.code(0, x, y)), chroma: false)
        let cb = level(1, chroma(frame, 1, x, y, color.chromaLocation), chroma: true)
        let cr = level(2, chroma(frame, 2, x, y, color.chromaLocation), chroma: true)
        let (kr, kb) = color.matrix.lumaWeights
        let red = luma + 2 * (1 - kr) * cr
        let blue = luma + 2 * (1 - kb) * cb
        let green = (luma - kr * red - kb * blue) / (1 - kr - kb)
        return [red, green, blue].map { min(max($0, 0), 1) }
    }

    /// The chroma code at a luma pixel, linear between the samples.
    private static func chroma(
        _ frame: Frame, _ component: Int, _ x: Int, _ y: Int, _ location: ColorDescription.ChromaLocation
    ) -> Double {
        let size = frame.format.size(ofComponent: component, in: frame.size)
        let across = Double(1 << frame.format.log2ChromaWidth)
        let down = Double(1 << frame.format.log2ChromaHeight)
        let isCentered = [.center, .top, .bottom].contains(location)
        let column = isCentered ? (Double(x) + 0.5) / across - 0.5 : Double(x) / across
        let row: Double
        switch location {
        case .top, .topLeft: row = Double(y) / down
        case .bottom, .bottomLeft: row = (Double(y) - (down - 1)) / down
        default: row = (Double(y) + 0.5) / down - 0.5
        }
        func sample(_ column: Double, _ row: Double) -> Double {
            let column = min(max(Int(column), 0), size.width - 1)
            let row = min(max(Int(row), 0), size.height - 1)
            return Double(frame.code(component, column, row))
        }
        let (left, top) = (column.rounded(.down), row.rounded(.down))
        let (fx, fy) = (column - left, row - top)
        let upper = sample(left, top) * (1 - fx) + sample(left + 1, top) * fx
        let lower = sample(left, top + 1) * (1 - fx) + sample(left + 1, top + 1) * fx
        return upper * (1 - fy) + lower * fy
    }
}

/// Formats as FFmpeg describes them that `PixelFormat` does not name.
enum OtherFormats {
    static let p010 = PixelFormat(
        name: "p010le", model: .yuv,
        components: [
            .init(plane: 0, stepBytes: 2, offsetBytes: 0, shift: 6, depth: 10),
            .init(plane: 1, stepBytes: 4, offsetBytes: 0, shift: 6, depth: 10),
            .init(plane: 1, stepBytes: 4, offsetBytes: 2, shift: 6, depth: 10),
        ], hasAlpha: false, log2ChromaWidth: 1, log2ChromaHeight: 1)
    static let yuyv = PixelFormat(
        name: "yuyv422", model: .yuv,
        components: [
            .init(plane: 0, stepBytes: 2, offsetBytes: 0, shift: 0, depth: 8),
            .init(plane: 0, stepBytes: 4, offsetBytes: 1, shift: 0, depth: 8),
            .init(plane: 0, stepBytes: 4, offsetBytes: 3, shift: 0, depth: 8),
        ], hasAlpha: false, log2ChromaWidth: 1)
    static let yuv411 = PixelFormat(
        name: "yuv411p", model: .yuv,
        components: (0..<3).map { .init(plane: $0, stepBytes: 1, offsetBytes: 0, shift: 0, depth: 8) },
        hasAlpha: false, log2ChromaWidth: 2)
    static let yuv410 = PixelFormat(
        name: "yuv410p", model: .yuv,
        components: (0..<3).map { .init(plane: $0, stepBytes: 1, offsetBytes: 0, shift: 0, depth: 8) },
        hasAlpha: false, log2ChromaWidth: 2, log2ChromaHeight: 2)
    static let yuv440 = PixelFormat(
        name: "yuv440p", model: .yuv,
        components: (0..<3).map { .init(plane: $0, stepBytes: 1, offsetBytes: 0, shift: 0, depth: 8) },
        hasAlpha: false, log2ChromaHeight: 1)
    static let bgra = PixelFormat(
        name: "bgra", model: .rgb,
        components: [2, 1, 0, 3].map { .init(plane: 0, stepBytes: 4, offsetBytes: $0, shift: 0, depth: 8) },
        hasAlpha: true)
    /// Samples share bytes: read, never written.
    static let rgb565 = PixelFormat(
        name: "rgb565le", model: .rgb,
        components: [
            .init(plane: 0, stepBytes: 2, offsetBytes: 1, shift: 3, depth: 5),
            .init(plane: 0, stepBytes: 2, offsetBytes: 0, shift: 5, depth: 6),
            .init(plane: 0, stepBytes: 2, offsetBytes: 0, shift: 0, depth: 5),
        ], hasAlpha: false)
    static let ya8 = PixelFormat(
        name: "ya8", model: .gray,
        components: [0, 1].map { .init(plane: 0, stepBytes: 2, offsetBytes: $0, shift: 0, depth: 8) }, hasAlpha: true)

    static let writable: [PixelFormat] = [
        .gray(), .gray(depth: 10), .gray(depth: 16), .yuv420(), .yuv420(depth: 10), .yuv420(depth: 12), .yuv422(),
        .yuv422(depth: 10), .yuv444(), .yuv444(depth: 12), .yuv444(depth: 16), .yuva420(), .yuva444(depth: 10),
        .yuva444(depth: 12), .gbrp(), .gbrp(depth: 10), .gbrap(), .gbrap(depth: 16), .nv12, .rgb24, .rgba, .rgb48,
        .rgba64, p010, yuyv, yuv411, yuv410, yuv440, bgra, ya8,
    ]
    static let readable = writable + [rgb565]
}
