internal import Frames
internal import Pixels

extension FloatImage {
    /// A picture that `fill` computes, from several threads at once; each is given a range of pixels of its own, whole
    /// rows of them. Pictures that the closure reads live until all are done.
    ///
    /// - Parameter fill: writes `out[pixel]` for the first channel, `out[pixel + size.pixelCount]` for the next.
    static func computed(
        _ size: Size, channels: Int = 1, _ fill: (_ pixels: Range<Int>, _ out: UnsafeMutablePointer<Float>) -> Void
    ) -> FloatImage {
        FloatImage(size: size, channels: channels, pool: .plates) { floats in
            guard let out = floats.baseAddress else { return }
            // Few operations for each pixel: half-size pictures are done sooner than other threads are awake.
            RowBands.run(size.height, samplesPerRow: size.width / 2) { rows in
                fill(rows.lowerBound * size.width..<rows.upperBound * size.width, out)
            }
        }
    }

    /// The floats of a channel, valid while the picture lives.
    func plane(_ channel: Int = 0) -> UnsafePointer<Float> { unsafeBase + channel * size.pixelCount }

    /// Some channels as a picture of their own, without a copy.
    func channels(_ part: Range<Int>) -> FloatImage {
        FloatImage(size: size, channels: part.count, base: plane(part.lowerBound), owner: Kept(picture: self))
    }

    /// One channel as a picture of its own, without a copy.
    func channel(_ channel: Int) -> FloatImage { channels(channel..<channel + 1) }

    /// The first three channels, without a copy.
    var colors: FloatImage { channels(0..<3) }

    /// Y' of R'G'B'; which matrix matters little for telling where things are.
    var luma: FloatImage {
        defer { withExtendedLifetime(self) {} }
        let (red, green, blue) = (plane(0), plane(1), plane(2))
        return .computed(size) { pixels, out in
            for i in pixels { out[i] = 0.299 * red[i] + 0.587 * green[i] + 0.114 * blue[i] }
        }
    }

    /// Half as wide and high, rounded up; every value the mean of four.
    var halved: FloatImage { halved(pool: .plates) }

    func multiplied(by factor: Float) -> FloatImage {
        let (source, count, channels) = (plane(), size.pixelCount, channels)
        return withExtendedLifetime(self) {
            .computed(size, channels: channels) { pixels, out in
                for channel in 0..<channels {
                    for i in pixels { out[channel * count + i] = factor * source[channel * count + i] }
                }
            }
        }
    }
}

extension FloatPool {
    /// A frame's intermediate pictures, some dozens of MB, all of a few sizes; asking the system for them each time costs
    /// as much as computing them.
    static let plates = FloatPool(capacity: 24 << 20)
}

extension Float {
    /// 0 up to `low`, 1 from `high` on, smooth between.
    @inline(__always)
    func stepped(_ low: Float, _ high: Float) -> Float {
        let share = (self - low) / (high - low)
        let t: Float = share > 0 ? (share < 1 ? share : 1) : 0
        return t * t * (3 - 2 * t)
    }

    /// Into 0…1.
    @inline(__always)
    var unit: Float { self > 0 ? (self < 1 ? self : 1) : 0 }
}

/// Keeps a picture for another one that shows a part of its memory.
private final class Kept {
    private let picture: FloatImage
    init(picture: FloatImage) { self.picture = picture }
}
