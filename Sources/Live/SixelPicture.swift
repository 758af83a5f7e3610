public import Frames

/// A frame as sixels, the graphics of DEC's VT340 that xterm, foot, WezTerm, mlterm and others draw (EK-VT3XX-TP-001,
/// chapter 14): bands of six rows, in which each character is one column of one colour.
///
/// Colours come from a fixed palette with ordered dithering, so that what stands still does not flicker. Used by one
/// thread at a time.
public final class SixelPicture {
    private let shrinker = PictureShrinker()
    /// Steps of red, green and blue.
    private let levels: [Int]
    /// For each channel and threshold, the palette's step for each code.
    private let steps: [[UInt8]]
    private let palette: String

    /// - Parameter colors: registers of the terminal; at least 8 are used.
    public init(colors: Int = 256) {
        // Green counts most for brightness.
        let choices = [[6, 7, 6], [5, 6, 5], [4, 4, 4], [3, 4, 3], [2, 4, 2]]
        let levels = choices.first { $0.reduce(1, *) <= colors } ?? [2, 2, 2]
        self.levels = levels
        steps = levels.map { level in
            Self.thresholds.flatMap { threshold in
                (0..<256).map { code in
                    UInt8((Double(code) / 255 * Double(level - 1) + threshold).rounded(.down))
                }
            }
        }
        var palette = ""
        for index in 0..<levels.reduce(1, *) {
            let (red, green, blue) = (
                index / (levels[1] * levels[2]), index / levels[2] % levels[1], index % levels[2]
            )
            let shares = zip([red, green, blue], levels).map { "\($0 * 100 / ($1 - 1))" }.joined(separator: ";")
            palette += "#\(index);2;\(shares)"
        }
        self.palette = palette
    }

    /// The whole sequence, from DCS to ST, and how many pixels it covers.
    public func sequence(of frame: Frame, within room: Size) throws -> (text: String, size: Size) {
        let small = try shrinker.shrink(frame, into: room)
        let size = small.size
        var text = Array("\u{1B}P0;1;0q\"1;1;\(size.width);\(size.height)\(palette)".utf8)
        let indices = indices(of: small)
        var masks = [UInt8](repeating: 0, count: levels.reduce(1, *) * size.width)
        for top in stride(from: 0, to: size.height, by: 6) {
            var isUsed = [Bool](repeating: false, count: levels.reduce(1, *))
            for row in top..<min(top + 6, size.height) {
                for column in 0..<size.width {
                    let index = Int(indices[row * size.width + column])
                    isUsed[index] = true
                    masks[index * size.width + column] |= 1 << UInt8(row - top)
                }
            }
            for index in isUsed.indices where isUsed[index] {
                let columns = index * size.width..<(index + 1) * size.width
                text += Array("#\(index)".utf8)
                Self.append(masks[columns], to: &text)
                text.append(UInt8(ascii: "$"))
                for column in columns { masks[column] = 0 }
            }
            text.append(UInt8(ascii: "-"))
        }
        text += Array("\u{1B}\\".utf8)
        return (String(decoding: text, as: UTF8.self), size)
    }

    /// The palette's index for each pixel.
    private func indices(of picture: Frame) -> [UInt8] {
        let size = picture.size
        return picture.withPlane(0) { plane in
            [UInt8](unsafeUninitializedCapacity: size.pixelCount) { indices, count in
                for row in 0..<size.height {
                    let line = plane.base + row * plane.strideBytes
                    for column in 0..<size.width {
                        let table = 256 * (row % 4 * 4 + column % 4)
                        var index = 0
                        for channel in 0..<3 {
                            let code = Int(line.load(fromByteOffset: 3 * column + channel, as: UInt8.self))
                            index = index * levels[channel] + Int(steps[channel][table + code])
                        }
                        indices[row * size.width + column] = UInt8(index)
                    }
                }
                count = size.pixelCount
            }
        }
    }

    /// One colour of a band; the same columns in a row are counted.
    private static func append(_ columns: ArraySlice<UInt8>, to text: inout [UInt8]) {
        var rest = columns
        while let mask = rest.first {
            let same = rest.prefix { $0 == mask }.count
            let character = mask + 63
            rest = rest.dropFirst(same)
            if rest.isEmpty, mask == 0 { return }
            if same > 3 {
                text += Array("!\(same)".utf8)
                text.append(character)
            } else {
                text += repeatElement(character, count: same)
            }
        }
    }

    /// Bayer's matrix of 4 × 4, from 1/32 to 31/32.
    private static let thresholds: [Double] = [
        0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5,
    ].map { (Double($0) + 0.5) / 16 }
}
