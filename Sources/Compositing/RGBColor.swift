/// A colour of the composite: non-linear R'G'B', 0…1 each.
public struct RGBColor: Sendable, Hashable, CustomStringConvertible {
    public let red: Float
    public let green: Float
    public let blue: Float

    public init(red: Float, green: Float, blue: Float) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// From 0xRRGGBB.
    public init(hex: UInt32) {
        self.init(
            red: Float((hex >> 16) & 255) / 255, green: Float((hex >> 8) & 255) / 255, blue: Float(hex & 255) / 255)
    }

    /// The usual green of matting demos, #78FF9B: what a clip gets that cannot be transparent.
    public static let screenGreen = RGBColor(hex: 0x78FF9B)
    public static let black = RGBColor(hex: 0)

    /// A CSS name (any case), `#RGB` or `#RRGGBB`; nil for anything else.
    public init?(css text: String) {
        let lowercased = text.lowercased()
        if let hex = CSSColorNames.values[lowercased] {
            self.init(hex: hex)
            return
        }
        guard lowercased.hasPrefix("#") else { return nil }
        let digits = lowercased.dropFirst()
        guard digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        let long = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : String(digits)
        guard long.count == 6, let hex = UInt32(long, radix: 16) else { return nil }
        self.init(hex: hex)
    }

    var vector: SIMD3<Float> { SIMD3(red, green, blue) }
    var components: [Float] { [red, green, blue] }

    /// `#RRGGBB`, rounded to 8 bits.
    public var description: String {
        let digits = components.map { value -> String in
            let hex = String(Int(min(max(value, 0), 1) * 255 + 0.5), radix: 16, uppercase: true)
            return hex.count < 2 ? "0" + hex : hex
        }
        return "#" + digits.joined()
    }
}
