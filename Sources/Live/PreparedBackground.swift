public import Compositing
public import Frames
import MatteKit

/// A background that is open, decoded and in the output's size, ready to be shown with the next picture.
public struct PreparedBackground: @unchecked Sendable {
    // Sendable: whoever opens it hands it to the compositing queue and keeps nothing of it.
    let background: any Background
    /// As a person wrote it.
    let words: String
    let spec: BackgroundSpec
    let fit: BackgroundFit

    /// Opens it; takes as long as decoding takes.
    ///
    /// - Throws: `.usage` for `transparent`, which a camera picture cannot be, `.noInput` for an address that keeps
    ///   silent, and what opening a file throws.
    public init(_ spec: BackgroundSpec, fit: BackgroundFit, size: Size, notice: @escaping NoticeHandler) throws {
        try self.init(spec, fit: fit, size: size, patienceSeconds: 20, notice: notice)
    }

    /// - Parameter patienceSeconds: for which an address is waited for.
    init(
        _ spec: BackgroundSpec, fit: BackgroundFit, size: Size, patienceSeconds: Double,
        notice: @escaping NoticeHandler
    ) throws {
        guard spec != .transparent else {
            throw MatteError(
                .usage, "the background of a camera cannot be transparent",
                advice: "give blur, a colour, a picture or a video")
        }
        self.spec = spec
        self.fit = fit
        words = spec.words
        if case .file(let path) = spec { try OrderedFile.check(path) }
        let deadline = Protected<Double?>(Monotonic.now() + patienceSeconds)
        let isLate: @Sendable () -> Bool = { deadline.withLock { $0.map { Monotonic.now() > $0 } ?? false } }
        do {
            background = try JobBackground.open(spec, fit: fit, isCancelled: isLate, notice: notice)
            // A file is read and brought to size now, not when its first picture is due.
            if case .file = spec { _ = try background.layer(for: .blank(size)) }
        } catch  where isLate() {
            throw MatteError(
                .noInput, "the background '\(words)' does not open",
                advice: "check the address, or give a file")
        }
        deadline.withLock { $0 = nil }
    }

    /// What takes the place of a background that cannot be shown any more.
    static func color(_ color: RGBColor) -> PreparedBackground {
        PreparedBackground(background: ColorBackground(color), spec: .color(color), fit: .cover)
    }

    private init(background: any Background, spec: BackgroundSpec, fit: BackgroundFit) {
        self.background = background
        self.spec = spec
        self.fit = fit
        words = spec.words
    }
}

extension BackgroundSpec {
    /// As `init(parsing:)` reads it.
    fileprivate var words: String {
        switch self {
        case .transparent: "transparent"
        case .color(let color): color.description
        case .blur(let radius): radius.map { "blur:\($0)" } ?? "blur"
        case .file(let path): path
        }
    }
}

extension MattedFrame {
    /// Black without a subject, taken now: what shows a background alone.
    static func blank(_ size: Size) -> MattedFrame {
        let picture = FloatImage(size: size, channels: 3) { $0.initialize(repeating: 0) }
        let alpha = FloatImage(size: size, channels: 1) { $0.initialize(repeating: 0) }
        let frame = FrameBuffer(size: size, format: .yuv420()).frame(color: .init(), timestamp: Monotonic.timestamp())
        return MattedFrame(
            frame: frame, matte: .dense(DenseMatte(picture: picture, alpha: alpha, foreground: picture)),
            startsShot: true)
    }
}
