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
    public var description: String { "\(width)×\(height)" }
}
