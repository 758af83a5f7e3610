public import Frames
internal import Pixels

/// Makes a clean plate of a clip's own pictures, from what the subject uncovers while it moves. Used by one thread at a
/// time.
///
/// Nobody saw to it that the room was empty: things that the model does not see get into such a plate, somebody who passes,
/// the smear that a walking camera leaves. So it is tried on the pictures that it was made of, see `PlateTrial`.
public struct UncoveredPlate {
    /// The part of the pictures that the plate must explain. Of a camera that stands or is held in the hand it explains
    /// nearly all, of one that walks a third.
    private static let leastFit: Float = 0.75

    private var builder = PlateBuilder()
    private var samples: [Sample] = []

    public init() {}

    public var isEmpty: Bool { samples.isEmpty }

    /// Pictures that could not be laid over the first one.
    public var misfits: Int { builder.misfits }

    /// Whether the next picture would be kept; the others need not be made.
    public var wantsNext: Bool { builder.wantsNext }

    /// Passes over a picture.
    public mutating func skip() { builder.skip() }

    /// - Parameters:
    ///   - picture: R'G'B'; all pictures have the size of the first.
    ///   - subject: alpha of what hides the room, of any size.
    public mutating func add(_ picture: FloatImage, hiding subject: FloatImage) {
        let misfits = builder.misfits
        // Finer than that no plate is laid under a frame.
        let finest = PlateWarp.readSize(WorkingScale.size(for: picture.size))
        let isFiner = picture.size.longerSide > finest.longerSide
        builder.add(isFiner ? picture.resized(to: finest, filter: .area) : picture, hiding: subject)
        if builder.misfits == misfits { samples.append(Sample(picture, subject)) }
    }

    /// The plate; what the pictures do not agree about is unknown in it.
    ///
    /// - Returns: nil where they do not show one room from one place, or there was none.
    public func plate() -> CleanPlate? {
        guard let plate = builder.plate(), let size = samples.first?.size else { return nil }
        guard WorkingScale.isEnough(size) else { return plate }
        var trial = PlateTrial(of: plate, size: size)
        for sample in samples { trial.add(sample.picture, subject: sample.subject) }
        guard trial.fit >= Self.leastFit else { return nil }
        let certain = trial.certain.resized(to: plate.size, filter: .bilinear)
        let (agreed, before) = (certain.plane(), plate.known.plane())
        let known = withExtendedLifetime((certain, plate)) {
            FloatImage.computed(plate.size) { pixels, out in
                for i in pixels { out[i] = agreed[i] > 0.5 ? before[i] : 0 }
            }
        }
        return CleanPlate(picture: plate.picture, known: known, isUncovered: true)
    }
}

/// A picture at the working size and its subject, in codes of 8 bits: there are some dozens until the plate is made.
private struct Sample {
    let size: Size
    private let codes: [UInt8]

    init(_ picture: FloatImage, _ subject: FloatImage) {
        let small = WorkingScale.size(for: picture.size)
        size = small
        codes = [picture, subject].flatMap { part in
            part.resized(to: small, filter: .area).withFloats { $0.map { UInt8(($0.unit * 255).rounded()) } }
        }
    }

    /// R'G'B'.
    var picture: FloatImage { channels(0..<3) }
    /// Alpha.
    var subject: FloatImage { channels(3..<4) }

    private func channels(_ part: Range<Int>) -> FloatImage {
        FloatImage(size: size, channels: part.count) { out in
            for i in out.indices { out[i] = Float(codes[part.lowerBound * size.pixelCount + i]) / 255 }
        }
    }
}
