internal import Frames
internal import Pixels

/// Spreads what is known in some places over a whole picture, by a pyramid of weighted means (Gortler et al., "The
/// Lumigraph", SIGGRAPH 1996, section 3.4).
enum PullPush {
    /// - Parameters:
    ///   - weighted: values times their weight, channel after channel, and the weight as last channel.
    ///   - strength: the weight of the coarser level's value at each pixel; small keeps values where they are known.
    ///   - otherwise: the value of each channel where nothing is known anywhere.
    /// - Returns: the values, without the weight.
    static func spread(_ weighted: FloatImage, strength: Float, otherwise: [Float]) -> FloatImage {
        var levels = [weighted]
        while let last = levels.last, last.size.longerSide > 1 { levels.append(last.halved) }
        var values: FloatImage?
        for level in levels.reversed() {
            let coarser = values?.resized(to: level.size, filter: .bilinear, pool: .plates)
            values = solved(level, from: coarser, strength: strength, otherwise: otherwise)
        }
        return values ?? weighted
    }

    private static func solved(
        _ level: FloatImage, from coarser: FloatImage?, strength: Float, otherwise: [Float]
    ) -> FloatImage {
        let channels = level.channels - 1
        let count = level.size.pixelCount
        let strength = coarser == nil ? 1e-6 : strength
        let weighted = level.plane()
        let weights = level.plane(channels)
        return withExtendedLifetime((level, coarser)) {
            FloatImage.computed(level.size, channels: channels) { pixels, out in
                for channel in 0..<channels {
                    let start = channel * count
                    if let prior = coarser?.plane() {
                        for i in pixels {
                            out[start + i] =
                                (weighted[start + i] + strength * prior[start + i]) / (weights[i] + strength)
                        }
                    } else {
                        for i in pixels {
                            out[start + i] =
                                (weighted[start + i] + strength * otherwise[channel]) / (weights[i] + strength)
                        }
                    }
                }
            }
        }
    }
}
