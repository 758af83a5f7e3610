/// A colour to draw with: R'G'B', 0…1 each.
public struct Ink: Sendable, Hashable {
    public let red: Float
    public let green: Float
    public let blue: Float

    public init(_ red: Float, _ green: Float, _ blue: Float) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    public static let white = Ink(1, 1, 1)
    public static let black = Ink(0.1, 0.1, 0.12)
    public static let grey = Ink(0.45, 0.45, 0.48)
    public static let paleGrey = Ink(0.88, 0.88, 0.9)
    /// Blue and vermilion of Okabe and Ito's palette, which colour-blind readers tell apart too.
    public static let blue = Ink(0, 0.447, 0.698)
    public static let vermilion = Ink(0.835, 0.369, 0)

    subscript(channel: Int) -> Float { channel == 0 ? red : channel == 1 ? green : blue }
}
