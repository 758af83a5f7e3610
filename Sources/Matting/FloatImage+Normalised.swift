internal import Frames
internal import Models

extension FloatImage {
    /// (value − mean) / std for each channel; the picture itself where that changes nothing.
    func normalised(_ normalisation: ModelCard.Normalisation, pool: FloatPool) -> FloatImage {
        guard normalisation != .none else { return self }
        let count = size.pixelCount
        return withFloats { source in
            FloatImage(size: size, channels: channels, pool: pool) { target in
                for channel in 0..<channels {
                    let mean = normalisation.mean[channel]
                    let scale = 1 / normalisation.std[channel]
                    for index in channel * count..<(channel + 1) * count {
                        target[index] = (source[index] - mean) * scale
                    }
                }
            }
        }
    }

    /// Every value brought into 0…1; what is not a number becomes 0.
    func clamped(pool: FloatPool) -> FloatImage {
        withFloats { source in
            FloatImage(size: size, channels: channels, pool: pool) { target in
                for index in source.indices {
                    let value = source[index]
                    target[index] = value > 0 ? min(value, 1) : 0
                }
            }
        }
    }
}
