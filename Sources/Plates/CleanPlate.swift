public import Frames
internal import Pixels

/// The room without the subject.
public struct CleanPlate: Sendable {
    /// R'G'B'.
    public let picture: FloatImage
    /// One channel at the size of the picture: 1 where the room is known, 0 where something hid it.
    public let known: FloatImage

    /// Whether it was put together from a clip's own pictures, see `UncoveredPlate`.
    let isUncovered: Bool

    public var size: Size { picture.size }

    /// - Parameter known: nil for all of it.
    public init(picture: FloatImage, known: FloatImage? = nil) {
        self.init(picture: picture, known: known, isUncovered: false)
    }

    init(picture: FloatImage, known: FloatImage?, isUncovered: Bool) {
        precondition(picture.channels == 3, "a plate has three channels")
        self.picture = picture
        self.known = known ?? .filled(1, size: picture.size, channels: 1)
        self.isUncovered = isUncovered
        precondition(self.known.size == picture.size && self.known.channels == 1, "pictures do not fit")
    }

    /// The plate with the places unknown where `alpha`, at any size, sees a subject, and a little around.
    public func hiding(_ alpha: FloatImage) -> CleanPlate {
        let small = WorkingScale.size(for: size)
        let hidden = Self.hidden(by: alpha.resized(to: small, filter: .bilinear), at: size)
        let (seen, before) = (hidden.plane(), known.plane())
        return withExtendedLifetime((hidden, known)) {
            CleanPlate(
                picture: picture,
                known: FloatImage.computed(size) { pixels, out in
                    for i in pixels { out[i] = seen[i] > 0 ? 0 : before[i] }
                }, isUncovered: isUncovered)
        }
    }

    /// 1 where a subject hides the room, and a little around, else 0.
    ///
    /// - Parameters:
    ///   - alpha: at the working size.
    ///   - size: of the result; nil for that of alpha.
    static func hidden(by alpha: FloatImage, at size: Size? = nil) -> FloatImage {
        let size = size ?? alpha.size
        let subject = alpha.largest(within: WorkingScale.reach(6, in: alpha.size))
            .resized(to: size, filter: .bilinear)
        let seen = subject.plane()
        return withExtendedLifetime(subject) {
            FloatImage.computed(size) { pixels, out in for i in pixels { out[i] = seen[i] > 0.1 ? 1 : 0 } }
        }
    }
}
