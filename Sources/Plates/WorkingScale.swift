internal import Frames

/// The size at which plates are compared: lengths in the code are for pictures 640 pixels long, and scale with it.
enum WorkingScale {
    static let longerSide = 640

    static func size(for size: Size) -> Size {
        guard size.longerSide > longerSide else { return size }
        let scale = Double(longerSide) / Double(size.longerSide)
        func scaled(_ length: Int) -> Int { max(1, Int((Double(length) * scale).rounded())) }
        return Size(width: scaled(size.width), height: scaled(size.height))
    }

    /// Whether a picture of this working size shows enough to be compared.
    static func isEnough(_ size: Size) -> Bool { min(size.width, size.height) >= 32 }

    /// Pixels that stand for one of a picture 640 pixels long.
    static func unit(of size: Size) -> Float { Float(size.longerSide) / Float(longerSide) }

    /// A length in whole pixels, at least 1.
    static func reach(_ length: Float, in size: Size) -> Int { max(1, Int((length * unit(of: size)).rounded())) }
}
