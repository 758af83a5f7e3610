public import Frames

/// What is known of a picture beforehand: pixels that are surely the subject's, surely not, and those to be decided.
public struct Trimap: Sendable, Hashable {
    /// Raw values are the codes of 8-bit trimap files.
    public enum Label: UInt8, Sendable {
        case background = 0
        case unknown = 128
        case foreground = 255
    }

    public let size: Size
    /// Row after row.
    public let labels: [Label]

    /// - Parameter labels: one for each pixel, row after row.
    public init(size: Size, labels: [Label]) {
        precondition(labels.count == size.pixelCount, "one label for each pixel")
        self.size = size
        self.labels = labels
    }

    /// How many pixels have the label.
    public func count(_ label: Label) -> Int { labels.reduce(0) { $0 + ($1 == label ? 1 : 0) } }

    /// One channel: 0 background, 0.5 unknown, 1 foreground.
    public func picture(pool: FloatPool? = nil) -> FloatImage {
        FloatImage(size: size, channels: 1, pool: pool) { floats in
            for (index, label) in labels.enumerated() { floats[index] = label.alpha }
        }
    }

    /// The trimap at another size; each pixel takes the label of the nearest one.
    public func resized(to target: Size) -> Trimap {
        guard target != size else { return self }
        guard size.pixelCount > 0 else {
            return Trimap(size: target, labels: Array(repeating: .unknown, count: target.pixelCount))
        }
        func sources(_ new: Int, _ old: Int) -> [Int] {
            (0..<new).map { min((2 * $0 + 1) * old / (2 * new), old - 1) }
        }
        let columns = sources(target.width, size.width)
        let labels = sources(target.height, size.height).flatMap { row in
            columns.map { self.labels[row * size.width + $0] }
        }
        return Trimap(size: target, labels: labels)
    }

    /// This trimap where `strokes` are unknown, and the strokes elsewhere.
    ///
    /// - Parameter strokes: of the same size.
    public func overridden(by strokes: Trimap) -> Trimap {
        precondition(strokes.size == size, "trimaps do not fit")
        return Trimap(size: size, labels: zip(labels, strokes.labels).map { $1 == .unknown ? $0 : $1 })
    }

    /// `alpha` with exactly 0 and 1 where the trimap knows.
    ///
    /// - Parameter alpha: one channel of the trimap's size.
    public func imposed(on alpha: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        precondition(alpha.size == size && alpha.channels == 1, "alpha does not fit the trimap")
        return alpha.withFloats { source in
            FloatImage(size: size, channels: 1, pool: pool) { target in
                for (index, label) in labels.enumerated() {
                    target[index] = label == .unknown ? source[index] : label.alpha
                }
            }
        }
    }
}

extension Trimap.Label {
    /// 0, 0.5 or 1.
    public var alpha: Float {
        switch self {
        case .background: 0
        case .unknown: 0.5
        case .foreground: 1
        }
    }
}
