public import Frames
internal import Pixels
public import Trimaps

/// One trimap for each picture: from a clip of trimaps or masks, or around what a network sees, with strokes over it.
/// Used by one thread at a time.
public final class TrimapSequence {
    /// Where the trimap begins.
    public enum Base {
        /// Pictures of 0, 128 and 255.
        case trimaps(TrimapClip)
        /// Masks; around their edge a band of pixels is unknown, to either side. Nil: a hundredth of the longer side.
        case masks(TrimapClip, bandPixels: Int?)
        /// The alpha of a network, likewise.
        case network(any MattingNetwork, bandPixels: Int?)
        /// Everything is unknown until strokes say otherwise.
        case nothing
    }

    private let base: Base
    private let strokes: TrimapClip?
    private let notice: NoticeHandler
    private var hasSaid: Set<String> = []

    /// - Parameter notice: told once of each thing that is odd about the trimaps.
    public init(_ base: Base, strokes: TrimapClip? = nil, notice: @escaping NoticeHandler) {
        self.base = base
        self.strokes = strokes
        self.notice = notice
    }

    /// The network whose alpha is the mask.
    var mask: (any MattingNetwork)? {
        if case .network(let network, _) = base { network } else { nil }
    }

    /// The trimap of the next picture.
    ///
    /// - Throws: `.badInput` for files that do not fit the picture, end before the pictures do, or know nothing.
    func next(for frame: Frame) throws -> Trimap {
        var trimap: Trimap
        let name: String
        switch base {
        case .trimaps(let clip):
            trimap = try read(clip, for: frame)
            name = "the trimap '\(clip.name)'"
        case .masks(let clip, let band):
            trimap = .around(try clip.nextMask(for: frame, say: say), band: band ?? Self.band(for: frame.size))
            name = "the mask '\(clip.name)'"
        case .network(let network, let band):
            trimap = .around(
                try network.matte(frame).dense(for: frame, withForeground: false).alpha,
                band: band ?? Self.band(for: frame.size))
            name = "the mask of the model"
        case .nothing:
            trimap = Trimap(size: frame.size, labels: Array(repeating: .unknown, count: frame.size.pixelCount))
            name = "the strokes"
        }
        if let strokes {
            let drawn = try strokes.nextStrokes(for: frame, say: say)
            if case .nothing = base { try checkSides(of: drawn, strokes) }
            trimap = trimap.overridden(by: drawn)
        }
        let unknown = trimap.count(.unknown)
        if unknown == trimap.labels.count {
            guard mask == nil else { return Trimap(size: trimap.size, labels: trimap.labels.map { _ in .background }) }
            throw MatteError(
                .badInput, "\(name) knows nothing: every pixel is unknown",
                advice: "mark some pixels as subject (white) and some as background (black)")
        }
        if unknown == 0, mask == nil { say("\(name) leaves nothing unknown; it is the alpha as it is") }
        return trimap
    }

    private static func band(for size: Size) -> Int { max(size.longerSide / 100, 2) }

    private func read(_ clip: TrimapClip, for frame: Frame) throws -> Trimap {
        let (trimap, otherShare) = try clip.nextTrimap(for: frame, say: say)
        if otherShare > 0 {
            let percent = max((otherShare * 1000).rounded() / 10, 0.1)
            say("'\(clip.name)' has values other than 0, 128 and 255 (\(percent) % of a picture); the nearest is taken")
        }
        return trimap
    }

    /// Strokes alone must say both what stays and what goes, else all would be the same.
    private func checkSides(of drawn: Trimap, _ clip: TrimapClip) throws {
        for (label, color, meaning) in [
            (Trimap.Label.foreground, "white", "what to keep"), (.background, "black", "what to drop"),
        ] where drawn.count(label) == 0 {
            throw MatteError(
                .badInput, "the strokes '\(clip.name)' have no \(color), which says \(meaning)",
                advice: "draw at least one stroke of each colour on a transparent layer")
        }
    }

    private func say(_ words: String) {
        if hasSaid.insert(words).inserted { notice(words) }
    }
}
