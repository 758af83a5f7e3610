/// What the numbers in a picture mean, in the code points of ITU-T H.273 (ISO/IEC 23091-2), which FFmpeg uses too.
public struct ColorDescription: Sendable, Hashable {
    /// How R'G'B' and Y'CbCr are related (H.273 table 4, MatrixCoefficients).
    public enum Matrix: Int32, Sendable {
        case rgb = 0
        case bt709 = 1
        case unspecified = 2
        case fcc = 4
        case bt470bg = 5
        case smpte170m = 6
        case smpte240m = 7
        case bt2020NonConstant = 9

        /// The luma weights of red and blue (Kr, Kb); those of BT.601 for `rgb` and `unspecified`.
        public var lumaWeights: (red: Double, blue: Double) {
            switch self {
            case .bt709: (0.2126, 0.0722)
            case .fcc: (0.30, 0.11)
            case .smpte240m: (0.212, 0.087)
            case .bt2020NonConstant: (0.2627, 0.0593)
            case .rgb, .unspecified, .bt470bg, .smpte170m: (0.299, 0.114)
            }
        }
    }

    /// Whether luma takes 16–235 (of 8 bits) or the whole range of codes.
    public enum Range: Int32, Sendable {
        case unspecified = 0
        case limited = 1
        case full = 2
    }

    /// Where 4:2:0 and 4:2:2 chroma samples sit, as FFmpeg's `AVChromaLocation`.
    public enum ChromaLocation: Int32, Sendable {
        case unspecified = 0
        case left = 1
        case center = 2
        case topLeft = 3
        case top = 4
        case bottomLeft = 5
        case bottom = 6
    }

    public var matrix: Matrix
    public var range: Range
    /// H.273 table 2 (1 BT.709, 9 BT.2020, 2 unspecified). Carried, not converted.
    public var primaries: Int32
    /// H.273 table 3 (1 BT.709, 13 sRGB, 16 PQ, 18 HLG, 2 unspecified). Carried, not converted.
    public var transfer: Int32
    public var chromaLocation: ChromaLocation

    public init(
        matrix: Matrix = .unspecified, range: Range = .unspecified, primaries: Int32 = 2, transfer: Int32 = 2,
        chromaLocation: ChromaLocation = .unspecified
    ) {
        self.matrix = matrix
        self.range = range
        self.primaries = primaries
        self.transfer = transfer
        self.chromaLocation = chromaLocation
    }

    /// Whether the transfer is that of HDR: PQ (SMPTE ST 2084) or HLG (ARIB STD-B67).
    public var isHighDynamicRange: Bool { transfer == 16 || transfer == 18 }

    /// Pictures as computers hold them: R'G'B', whole range, sRGB.
    public static let sRGB = ColorDescription(matrix: .rgb, range: .full, primaries: 1, transfer: 13)

    /// Fills what is unspecified by the usual rule: BT.709 from 720 lines or 1280 columns up, BT.601 below;
    /// limited range for Y'CbCr, whole range for RGB, for grey (as FFmpeg) and for formats that are whole-range by name.
    ///
    /// - Returns: the completed description; compare with `self` to know whether a guess was made.
    public func resolved(for size: Size, format: PixelFormat) -> ColorDescription {
        var color = self
        if format.model == .rgb {
            color.matrix = .rgb
        } else if matrix == .unspecified || matrix == .rgb {
            color.matrix = size.height >= 720 || size.width >= 1280 ? .bt709 : .smpte170m
        }
        if range == .unspecified {
            color.range = format.model != .yuv || format.isFullRangeByName ? .full : .limited
        }
        if chromaLocation == .unspecified { color.chromaLocation = .left }
        return color
    }
}
