public import Frames

extension FloatImage {
    /// A window of the picture. Where it reaches beyond the picture it shows the nearest edge pixel, or `outside`
    /// where that is given.
    ///
    /// - Parameters:
    ///   - x: column of the picture that becomes the window's first; may be negative.
    ///   - y: row of the picture that becomes the window's first; may be negative.
    public func cropped(
        x: Int, y: Int, to target: Size, outside: Float? = nil, pool: FloatPool? = nil
    ) -> FloatImage {
        if x == 0, y == 0, target == size { return self }
        guard size.pixelCount > 0, target.pixelCount > 0 else {
            return .filled(outside ?? 0, size: target, channels: channels, pool: pool)
        }
        let source = size
        let channels = channels
        // The columns of the window that lie in the picture.
        let inside = min(max(-x, 0), target.width)..<min(max(source.width - x, 0), target.width)
        return withFloats { floats in
            FloatImage(size: target, channels: channels, pool: pool) { result in
                guard let from = Shared(floats.baseAddress), let to = Shared(result.baseAddress) else { return }
                RowBands.run(channels * target.height, samplesPerRow: target.width) { rows in
                    for row in rows {
                        let (channel, line) = row.quotientAndRemainder(dividingBy: target.height)
                        let near = min(max(line + y, 0), source.height - 1)
                        let isOutside = near != line + y
                        let origin = from + (channel * source.height + near) * source.width
                        let destination = to + row * target.width
                        if let outside, isOutside || inside.isEmpty {
                            destination.update(repeating: outside, count: target.width)
                            continue
                        }
                        guard !inside.isEmpty else {
                            destination.update(repeating: origin[x < 0 ? 0 : source.width - 1], count: target.width)
                            continue
                        }
                        destination.update(repeating: outside ?? origin[0], count: inside.lowerBound)
                        (destination + inside.lowerBound)
                            .update(from: origin + inside.lowerBound + x, count: inside.count)
                        (destination + inside.upperBound).update(
                            repeating: outside ?? origin[source.width - 1], count: target.width - inside.upperBound)
                    }
                }
            }
        }
    }

    /// The picture made larger to the right and below, the edge repeated (or `outside`).
    public func padded(to target: Size, outside: Float? = nil, pool: FloatPool? = nil) -> FloatImage {
        cropped(x: 0, y: 0, to: target, outside: outside, pool: pool)
    }

    /// The picture again and again at its own size, from the top left corner.
    public func tiled(over target: Size, pool: FloatPool? = nil) -> FloatImage {
        guard size.pixelCount > 0, target.pixelCount > 0, size != target else {
            return size == target ? self : .filled(0, size: target, channels: channels, pool: pool)
        }
        let source = size
        let channels = channels
        return withFloats { floats in
            FloatImage(size: target, channels: channels, pool: pool) { result in
                guard let from = floats.baseAddress, let to = result.baseAddress else { return }
                for row in 0..<(channels * target.height) {
                    let (channel, line) = row.quotientAndRemainder(dividingBy: target.height)
                    let origin = from + (channel * source.height + line % source.height) * source.width
                    var column = 0
                    while column < target.width {
                        let count = min(source.width, target.width - column)
                        (to + row * target.width + column).update(from: origin, count: count)
                        column += count
                    }
                }
            }
        }
    }

    /// Two pictures of the same height and channels next to each other.
    public func beside(_ right: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        precondition(right.size.height == size.height && right.channels == channels, "pictures do not fit")
        let (width, other) = (size.width, right.size.width)
        let rows = channels * size.height
        return withFloats { left in
            right.withFloats { right in
                FloatImage(
                    size: Size(width: width + other, height: size.height), channels: channels, pool: pool
                ) { result in
                    guard let left = left.baseAddress, let right = right.baseAddress, let to = result.baseAddress
                    else { return }
                    for row in 0..<rows {
                        let destination = to + row * (width + other)
                        destination.update(from: left + row * width, count: width)
                        (destination + width).update(from: right + row * other, count: other)
                    }
                }
            }
        }
    }
}
