public import Frames
internal import Pixels

/// The room without the subject.
public struct CleanPlate: Sendable {
    /// R'G'B'.
    public let picture: FloatImage
    /// One channel at the size of the picture: 1 where the room is known, 0 where something hid it.
    public let known: FloatImage

    public var size: Size { picture.size }

    /// - Parameter known: nil for all of it.
    public init(picture: FloatImage, known: FloatImage? = nil) {
        precondition(picture.channels == 3, "a plate has three channels")
        self.picture = picture
        self.known = known ?? .filled(1, size: picture.size, channels: 1)
        precondition(self.known.size == picture.size && self.known.channels == 1, "pictures do not fit")
    }

    /// The plate with the places unknown where `alpha`, at any size, sees a subject, and a little around.
    public func hiding(_ alpha: FloatImage) -> CleanPlate {
        let small = WorkingScale.size(for: size)
        let subject = alpha.resized(to: small, filter: .bilinear)
            .largest(within: WorkingScale.reach(6, in: small)).resized(to: size, filter: .bilinear)
        let (seen, before) = (subject.plane(), known.plane())
        return withExtendedLifetime((subject, known)) {
            CleanPlate(
                picture: picture,
                known: FloatImage.computed(size) { pixels, out in
                    for i in pixels { out[i] = seen[i] > 0.1 ? 0 : before[i] }
                })
        }
    }
}
