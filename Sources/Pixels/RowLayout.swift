internal import Frames

/// What reading and writing rows of frames of one kind have in common: which codes stand for what, where chroma samples
/// lie, and the matrix. Made once for each kind. Readers and writers take what they need from it row by row, without
/// copies of the sitings: each would count references to its arrays.
final class RowLayout: Sendable {
    let size: Size
    let format: PixelFormat
    let isYCbCr: Bool
    let isRGB: Bool
    let isLimited: Bool
    /// Of every component.
    let codes: [SampleCodes]
    let across: ChromaSiting
    let down: ChromaSiting
    let matrix: YCbCrMatrix
    let chromaSize: Size

    private struct Kind: Equatable {
        let size: Size
        let format: PixelFormat
        let color: ColorDescription
    }

    private static let recent = RecentValues<Kind, RowLayout>(limit: 16)

    /// - Parameter color: complete.
    static func of(_ size: Size, _ format: PixelFormat, _ color: ColorDescription) -> RowLayout {
        recent.value(for: Kind(size: size, format: format, color: color)) { RowLayout(size, format, color) }
    }

    private init(_ size: Size, _ format: PixelFormat, _ color: ColorDescription) {
        self.size = size
        self.format = format
        isYCbCr = format.model == .yuv && format.components.count >= 3
        isRGB = format.model == .rgb && format.components.count >= 3
        isLimited = color.range == .limited
        codes = format.components.indices.map { SampleCodes(component: $0, format: format, color: color) }
        across = .horizontal(format, color.chromaLocation)
        down = .vertical(format, color.chromaLocation)
        matrix = YCbCrMatrix(color.matrix)
        chromaSize = format.size(ofComponent: 1, in: size)
    }
}
