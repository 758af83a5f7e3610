public import Frames
internal import Pixels

extension Trimap {
    /// A trimap from a picture of greys, each pixel the nearest of 0, 128 and 255.
    ///
    /// - Returns: the trimap, and which part of the pixels (0…1) was something else: more than two codes away, which
    ///   is what a lossless file of another program may have.
    public static func reading(_ frame: Frame) -> (trimap: Trimap, otherShare: Double) {
        var others = 0
        let labels = FrameReader().read(frame).withChannel(1) { greys in
            greys.map { grey -> Label in
                let code = 255 * grey
                let label: Label = code < 64 ? .background : code < 191.5 ? .unknown : .foreground
                if abs(code - Float(label.rawValue)) > 2 { others += 1 }
                return label
            }
        }
        return (Trimap(size: frame.size, labels: labels), Double(others) / Double(max(labels.count, 1)))
    }

    /// Strokes drawn on a transparent layer: bright ones keep, dark ones drop, the rest is unknown.
    ///
    /// - Returns: nil for a picture that has no alpha.
    public static func strokes(_ frame: Frame) -> Trimap? {
        let reader = FrameReader()
        guard let alpha = reader.readAlpha(frame) else { return nil }
        let count = frame.size.pixelCount
        let labels = reader.read(frame).withFloats { rgb in
            alpha.withFloats { alpha in
                (0..<count).map { pixel -> Label in
                    // The soft rim of a brush is not meant.
                    guard alpha[pixel] > 0.5 else { return .unknown }
                    let brightness = (rgb[pixel] + rgb[pixel + count] + rgb[pixel + 2 * count]) / 3
                    return brightness >= 0.5 ? .foreground : .background
                }
            }
        }
        return Trimap(size: frame.size, labels: labels)
    }

    /// A trimap from a mask: what lies `band` pixels inside of the mask is foreground, what lies `band` pixels outside
    /// background, and the rest is unknown.
    ///
    /// - Parameters:
    ///   - mask: one channel; 0.95 and above counts as inside, 0.05 and below as outside, and soft parts are unknown
    ///     however wide they are.
    ///   - band: in pixels, at least 0.
    public static func around(_ mask: FloatImage, band: Int) -> Trimap {
        func thresholded(_ isIn: (Float) -> Bool) -> FloatImage {
            mask.withFloats { source in
                FloatImage(size: mask.size, channels: 1) { target in
                    for index in source.indices { target[index] = isIn(source[index]) ? 1 : 0 }
                }
            }
        }
        let inside = thresholded { $0 >= 0.95 }.eroded(radius: Double(band))
        let reached = thresholded { $0 > 0.05 }.dilated(radius: Double(band))
        let labels = inside.withFloats { inside in
            reached.withFloats { reached in
                inside.indices.map { index -> Label in
                    inside[index] == 1 ? .foreground : reached[index] == 0 ? .background : .unknown
                }
            }
        }
        return Trimap(size: mask.size, labels: labels)
    }
}
