internal import Frames
internal import Pixels

/// A frame's matte at the size at which it is judged: what is smaller than a pixel of it nobody sees in a moving
/// picture, and noise of single pixels averages out.
struct SmallMatte {
    /// Of the longer side.
    static let side = 256
    /// How far an outline may move between two frames and still count as the same, in pixels: 3 % of the side.
    private static let farReach = 8.0
    /// The same where the frames on both sides are looked at: few outlines come back at once.
    private static let nearReach = 4.0

    /// The largest and the least alpha within a reach.
    struct Range {
        let most: FloatImage
        let least: FloatImage

        init(_ alpha: FloatImage, reach: Double) {
            most = alpha.dilated(radius: reach)
            least = alpha.eroded(radius: reach)
        }
    }

    let alpha: FloatImage
    let near: Range
    let far: Range
    /// In pixels.
    let area: Double

    init(_ matte: FloatImage) {
        let scale = min(Double(Self.side) / Double(max(matte.size.longerSide, 1)), 1)
        let size = Size(
            width: max(1, Int((Double(matte.size.width) * scale).rounded())),
            height: max(1, Int((Double(matte.size.height) * scale).rounded())))
        alpha = matte.resized(to: size, filter: .area)
        near = Range(alpha, reach: Self.nearReach)
        far = Range(alpha, reach: Self.farReach)
        area = alpha.withFloats { $0.reduce(0) { $0 + Double($1) } }
    }

    /// What an area is a share of: the largest of these, but not less than 0.2 % of the picture, so that a clip
    /// without anybody in it has no shares of nothing.
    static func reference(_ mattes: SmallMatte?...) -> Double {
        let mattes = mattes.compactMap { $0 }
        let least = 0.002 * Double(mattes.first?.alpha.size.pixelCount ?? 1)
        return max(mattes.map(\.area).max() ?? 0, least, 1e-9)
    }

    /// Alpha that is more than all that is near it in the others, or less than all, added up.
    ///
    /// - Parameter others: of the same size.
    func unexplained(by others: Range...) -> Double {
        var sum = 0.0
        alpha.withFloats { own in
            for index in own.indices {
                let most = others.reduce(0) { max($0, $1.most.unsafeBase[index]) }
                let least = others.reduce(1) { min($0, $1.least.unsafeBase[index]) }
                sum += Double(max(own[index] - most, 0) + max(least - own[index], 0))
            }
        }
        return withExtendedLifetime(others) { sum }
    }

    var border: BorderContact {
        let (width, height) = (alpha.size.width, alpha.size.height)
        return alpha.withFloats { values in
            func share(_ count: Int, _ index: (Int) -> Int) -> Double {
                Double((0..<count).count { values[index($0)] > 0.5 }) / Double(max(count, 1))
            }
            return BorderContact(
                left: share(height) { $0 * width }, right: share(height) { $0 * width + width - 1 },
                top: share(width) { $0 }, bottom: share(width) { (height - 1) * width + $0 })
        }
    }
}
