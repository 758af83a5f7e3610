internal import Frames

extension FloatImage {
    /// The largest value within `reach` pixels across and down.
    func largest(within reach: Int) -> FloatImage { extreme(Larger.self, reach) }

    /// The smallest value within `reach` pixels across and down.
    func smallest(within reach: Int) -> FloatImage { extreme(Smaller.self, reach) }

    /// Rows first, then columns. One channel.
    private func extreme<Choice: Extreme>(_: Choice.Type, _ reach: Int) -> FloatImage {
        guard reach > 0 else { return self }
        defer { withExtendedLifetime(self) {} }
        let (width, height) = (size.width, size.height)
        let source = plane()
        let across = FloatImage.computed(size) { pixels, out in
            for start in stride(from: pixels.lowerBound, to: pixels.upperBound, by: width) {
                let (from, to) = (source + start, out + start)
                for column in 0..<width { to[column] = from[column] }
                for step in 1...min(reach, max(width - 1, 1)) where step < width {
                    for column in step..<width { to[column] = Choice.of(to[column], from[column - step]) }
                    for column in 0..<width - step { to[column] = Choice.of(to[column], from[column + step]) }
                }
            }
        }
        let rows = across.plane()
        return withExtendedLifetime(across) {
            FloatImage.computed(size) { pixels, out in
                for row in pixels.lowerBound / width..<pixels.upperBound / width {
                    let to = out + row * width
                    for column in 0..<width { to[column] = rows[row * width + column] }
                    for near in max(row - reach, 0)...min(row + reach, height - 1) where near != row {
                        let from = rows + near * width
                        for column in 0..<width { to[column] = Choice.of(to[column], from[column]) }
                    }
                }
            }
        }
    }
}

/// Which of two values is kept; written as comparisons, which compile to one vector instruction.
private protocol Extreme {
    static func of(_ one: Float, _ other: Float) -> Float
}

private enum Larger: Extreme {
    @inline(__always) static func of(_ one: Float, _ other: Float) -> Float { one > other ? one : other }
}

private enum Smaller: Extreme {
    @inline(__always) static func of(_ one: Float, _ other: Float) -> Float { one < other ? one : other }
}
