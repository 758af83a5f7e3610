public import Frames
import MatteKit
import Matting
import Pixels
public import Plates

/// A picture of the empty room, as a show mattes with it.
public struct LivePlate: Sendable {
    /// As the camera sees the room, not mirrored.
    let plate: CleanPlate
    var keep: PlateKeep
    /// A file's, or "captured".
    let name: String
    /// Of the camera's pictures when it was taken from them; nil for a file's.
    let cameraSize: Size?

    static let capturedName = "captured"
    /// A camera's modes of one shape mostly show the same part of the room, but for a line or two.
    private static let widestAspectDifference = 0.02

    init(captured plate: CleanPlate, keep: PlateKeep, cameraSize: Size) {
        self.plate = plate
        self.keep = keep
        name = Self.capturedName
        self.cameraSize = cameraSize
    }

    /// Opens a picture, or a clip whose median over time it is.
    ///
    /// - Throws: `.usage` for `auto`, which needs a clip's future, and what opening a file throws.
    public init(opening name: String, keep: PlateKeep, notice: @escaping NoticeHandler) throws {
        guard name != "auto" else {
            throw MatteError(
                .usage, "--plate auto reads a clip twice, which a camera cannot be",
                advice: "give a picture of the room, or take one with 'matte ctl plate capture'")
        }
        try OrderedFile.check(name)
        plate = try JobPlate(name: name, notice: notice, isCancelled: { false }).plate(for: nil)
        self.keep = keep
        self.name = name
        cameraSize = nil
    }

    /// Whether it shows what a camera with pictures of `size` sees: one that was captured fits that size alone, a file
    /// all of its shape.
    func fits(_ size: Size) -> Bool {
        if let cameraSize { return size == cameraSize }
        return abs(plate.size.aspect / size.aspect - 1) <= Self.widestAspectDifference
    }

    /// - Throws: `.badInput` where it does not fit the camera.
    func check(_ size: Size) throws(MatteError) {
        guard !fits(size) else { return }
        throw MatteError(
            .badInput, "the plate '\(name)' is \(cameraSize ?? plate.size), the camera gives \(size)",
            advice: "take another one: 'matte ctl plate capture'")
    }

    /// The network with the plate behind it, for pictures that were brought to `size`.
    func network(
        _ network: any MattingNetwork, size: Size, isMirrored: Bool, notice: NoticeHandler
    ) throws -> PlateNetwork {
        try PlateNetwork(
            network, plate: conformed(to: size, isMirrored: isMirrored), keep: keep, name: name, notice: notice)
    }

    /// Cut and turned as camera pictures are.
    func conformed(to size: Size, isMirrored: Bool) -> CleanPlate {
        let cropped = plate.cropped(toShapeOf: size)
        return isMirrored ? cropped.mirrored : cropped
    }
}

extension Size {
    fileprivate var aspect: Double { Double(max(width, 1)) / Double(max(height, 1)) }
}

extension CleanPlate {
    /// The middle of the picture, as camera pictures are cut too.
    fileprivate func cropped(toShapeOf other: Size) -> CleanPlate {
        let window =
            other.aspect < size.aspect
            ? Size(width: Int((Double(size.height) * other.aspect).rounded()), height: size.height)
            : Size(width: size.width, height: Int((Double(size.width) / other.aspect).rounded()))
        func cut(_ image: FloatImage) -> FloatImage {
            image.cropped(x: (size.width - window.width) / 2, y: (size.height - window.height) / 2, to: window)
        }
        return CleanPlate(picture: cut(picture), known: cut(known))
    }

    fileprivate var mirrored: CleanPlate { CleanPlate(picture: picture.mirrored, known: known.mirrored) }
}

extension FloatImage {
    /// Turned left to right.
    fileprivate var mirrored: FloatImage {
        let width = size.width
        return withFloats { source in
            FloatImage(size: size, channels: channels) { target in
                for row in stride(from: 0, to: source.count, by: max(width, 1)) {
                    for column in 0..<width { target[row + column] = source[row + width - 1 - column] }
                }
            }
        }
    }
}
