import Decoding
import Frames
import Matting
import Pixels

/// Reads mattes, and the clip that they are of, in step. Used by one thread at a time.
final class QualityReader {
    struct Item {
        let matte: MatteSource.Matte
        /// R'G'B' of the clip that was matted; nil where it was not given.
        let source: FloatImage?
        let startsShot: Bool
    }

    private let mattes: MatteSource
    private let source: ClipDecoder?
    private let sourcePath: String
    private let reader = FrameReader()
    private var cuts = SceneCutDetector()
    private let isCancelled: @Sendable () -> Bool
    /// Of grey pictures so far: pixels, and those that are neither clear nor solid.
    private var grey = (pixels: 0, between: 0)

    init(
        _ options: QualityOptions, isCancelled: @escaping @Sendable () -> Bool, notice: @escaping NoticeHandler
    ) throws {
        self.isCancelled = isCancelled
        mattes = try MatteSource(options.clip, isCancelled: isCancelled, notice: notice)
        source = try options.source.map { path in
            try ClipDecoder(path: path, isCancelled: isCancelled, notice: notice)
        }
        sourcePath = options.source ?? ""
    }

    /// Nil for streams.
    var expectedFrames: Int? { mattes.expectedFrames }

    /// The next frame; nil at the end.
    ///
    /// - Parameter showsSource: whether the clip's own picture is wanted.
    func next(showsSource: Bool = false) throws -> Item? {
        if isCancelled() { throw MatteError(.interrupted, "interrupted") }
        guard let matte = try mattes.next() else {
            try checkGrey()
            return nil
        }
        if matte.foreground == nil { look(at: matte.alpha) }
        guard let source else { return Item(matte: matte, source: nil, startsShot: false) }
        guard let frame = try source.nextFrame() else {
            throw MatteError(
                .badInput, "'\(sourcePath)' ends after \(mattes.count - 1) frames, '\(mattes.path)' goes on",
                advice: "give the clip that was matted")
        }
        return Item(
            matte: matte, source: showsSource ? reader.read(frame) : nil, startsShot: cuts.startsShot(frame))
    }

    private func look(at alpha: FloatImage) {
        grey.pixels += alpha.size.pixelCount
        grey.between += alpha.withFloats { $0.count { $0 > 0.1 && $0 < 0.9 } }
    }

    /// Hair and motion blur are soft, but not most of a clip; a picture in grey is between black and white nearly everywhere.
    private func checkGrey() throws {
        guard grey.between * 2 > grey.pixels else { return }
        throw MatteError(
            .badInput, "'\(mattes.path)' is neither black nor white in most places, so it shows no mattes",
            advice: "'matte run … --layout alpha' writes them; the clip itself goes with --source")
    }
}
