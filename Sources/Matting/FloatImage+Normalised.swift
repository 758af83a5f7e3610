internal import Frames
internal import Models

extension FloatImage {
    /// (value − mean) / std for each channel, in the network's order; the picture itself where that changes nothing.
    func normalised(_ normalisation: ModelCard.Normalisation, pool: FloatPool) -> FloatImage {
        guard normalisation != .none else { return self }
        let count = size.pixelCount
        return withFloats { source in
            FloatImage(size: size, channels: channels, pool: pool) { target in
                for channel in 0..<channels {
                    let mean = normalisation.mean[channel]
                    let scale = 1 / normalisation.std[channel]
                    let place = (normalisation.isBlueFirst ? channels - 1 - channel : channel) * count
                    let origin = channel * count
                    for index in 0..<count { target[place + index] = (source[origin + index] - mean) * scale }
                }
            }
        }
    }

    /// Every value brought into 0…1; what is not a number becomes 0.
    func clamped(pool: FloatPool) -> FloatImage {
        mapped(pool: pool) { $0 > 0 ? min($0, 1) : 0 }
    }

    func mapped(pool: FloatPool, _ body: (Float) -> Float) -> FloatImage {
        withFloats { source in
            FloatImage(size: size, channels: channels, pool: pool) { target in
                for index in source.indices { target[index] = body(source[index]) }
            }
        }
    }

    /// All channels of this picture, then all of the other; the two are of one size.
    func followed(by other: FloatImage, pool: FloatPool) -> FloatImage {
        FloatImage(size: size, channels: channels + other.channels, pool: pool) { target in
            withFloats { source in
                for index in source.indices { target[index] = source[index] }
                other.withFloats { more in
                    for index in more.indices { target[source.count + index] = more[index] }
                }
            }
        }
    }
}
