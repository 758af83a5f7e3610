import Frames
import Pixels

/// Pictures whose content says which picture it is, and a judge of pictures.
enum TestPattern: String {
    /// Eight upright bars of full colour, as vivid's "100% Colorbar" has them.
    case bars
    /// One grey, other from picture to picture.
    case count

    /// White, yellow, cyan, green, magenta, red, blue, black.
    private static let barColors: [[Float]] = [
        [1, 1, 1], [1, 1, 0], [0, 1, 1], [0, 1, 0], [1, 0, 1], [1, 0, 0], [0, 0, 1], [0, 0, 0],
    ]

    /// R'G'B' of a picture.
    func picture(_ number: Int, size: Size) -> FloatImage {
        FloatImage(size: size, channels: 3) { floats in
            for channel in 0..<3 {
                for row in 0..<size.height {
                    for column in 0..<size.width {
                        let value =
                            self == .bars
                            ? Self.barColors[column * 8 / size.width][channel] : Self.grey(ofPicture: number)
                        floats[(channel * size.height + row) * size.width + column] = value
                    }
                }
            }
        }
    }

    private static func grey(ofPicture number: Int) -> Float { (16 + 8 * Float(number % 28)) / 255 }

    /// The number, modulo 28, of a picture of `count`; nil where its parts do not say the same: it is torn or another.
    static func number(of picture: FloatImage) -> Int? {
        let numbers = places.map { number(ofGrey: color(of: picture, x: $0.x, y: $0.y)) }
        guard let first = numbers[0], numbers.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    private static func number(ofGrey color: [Float]) -> Int? {
        guard let low = color.min(), let high = color.max(), high - low < 0.02 else { return nil }
        let number = (color[1] * 255 - 16) / 8
        let nearest = number.rounded()
        return abs(number - nearest) < 0.3 && (0..<28).contains(Int(nearest)) ? Int(nearest) : nil
    }

    private static let places: [(x: Float, y: Float)] = [(0.1, 0.05), (0.9, 0.3), (0.5, 0.5), (0.2, 0.7), (0.8, 0.95)]

    /// How far the picture is from the bars, in code values of 8 bits: the worst of three heights of each bar.
    static func distanceFromBars(_ picture: FloatImage) -> Int {
        var worst: Float = 0
        for (bar, expected) in barColors.enumerated() {
            for y in [Float(0.06), 0.5, 0.94] {
                let color = color(of: picture, x: (Float(bar) + 0.5) / 8, y: y)
                for (value, wanted) in zip(color, expected) { worst = max(worst, abs(value - wanted)) }
            }
        }
        return Int((worst * 255).rounded())
    }

    /// Mean R'G'B' of the whole picture, 8 bits in hexadecimal.
    static func mean(_ picture: FloatImage) -> String {
        (0..<picture.channels).map { channel in
            let sum = picture.withChannel(channel) { $0.reduce(0.0) { $0 + Double($1) } }
            let code = Int((sum / Double(picture.size.pixelCount) * 255).rounded())
            let digits = String(min(max(code, 0), 255), radix: 16)
            return digits.count < 2 ? "0" + digits : digits
        }.joined()
    }

    private static func color(of picture: FloatImage, x: Float, y: Float) -> [Float] {
        let (column, row) = (Int(x * Float(picture.size.width)), Int(y * Float(picture.size.height)))
        return (0..<3).map { channel in picture.withChannel(channel) { $0[row * picture.size.width + column] } }
    }
}
