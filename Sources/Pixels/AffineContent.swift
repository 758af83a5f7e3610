public import Frames

/// What is rendered of a frame and its affine matte.
public enum AffineContent: Sendable {
    /// Alpha as grey.
    case alpha
    /// The subject over a colour: R', G', B'.
    case over(SIMD3<Float>)
    /// The subject over a picture of three channels: of the frame's size, or smaller and then spread over it bilinearly.
    case overPicture(FloatImage)
    /// The subject's colour times alpha, with its alpha.
    case premultiplied
    /// The subject's colour where alpha is at least the threshold, black elsewhere, with its alpha.
    case straight(threshold: Float)

    var isAlpha: Bool { if case .alpha = self { true } else { false } }

    var picture: FloatImage? { if case .overPicture(let picture) = self { picture } else { nil } }

    var hasAlpha: Bool {
        switch self {
        case .alpha, .over, .overPicture: false
        case .premultiplied, .straight: true
        }
    }
}
