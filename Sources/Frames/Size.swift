/// Width and height of a picture, in pixels.
public struct Size: Sendable, Hashable, CustomStringConvertible {
    public let width: Int
    public let height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public var pixelCount: Int { width * height }
    public var longerSide: Int { max(width, height) }
    /// Whether pictures of this size decide what a run takes of memory: more than four million pixels.
    public var isLarge: Bool { pixelCount > 4_000_000 }
    public var description: String { "\(width)×\(height)" }
}
