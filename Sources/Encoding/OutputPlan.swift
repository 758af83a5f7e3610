public import Frames
internal import FFmpeg

/// What will be written where: everything that follows from the output's name, the pictures and a person's wishes,
/// settled before anything is opened.
///
/// | name | codec without `--codec` | pixel format |
/// |---|---|---|
/// | .mp4, .m4v, .ts | H.264 | 4:2:0, 8 bits, or 10 for deeper sources |
/// | .mov | H.264; with alpha ProRes 4444 | yuva444p10le |
/// | .mkv, .nut | H.264; with alpha FFV1 | bgra, or gbrap with 10, 12, 16 bits |
/// | .webm | VP9 | yuva420p with alpha, else 4:2:0 |
/// | `%05d.png`, a folder, .png | PNG | RGB or RGBA, 8 bits, or 16 for deeper sources |
/// | .jpg, .webp, .tiff | as named | 4:4:4; BGRA or 4:2:0; as PNG |
public struct OutputPlan: Sendable {
    public let path: String
    /// FFmpeg's name of the container, or "image2" for pictures.
    public let container: String
    /// FFmpeg's name of the codec, "h264".
    public let codecName: String
    /// FFmpeg's name of the encoder, "libx264".
    public let encoderName: String
    /// What the frames given to `ClipWriter` must have.
    public let format: PixelFormat
    /// What the numbers of those frames must mean; written as tags.
    public let color: ColorDescription
    /// Whether the frames' alpha is kept; without this an alpha of the format must be opaque.
    public let carriesAlpha: Bool
    /// Whether the output is numbered pictures in a folder.
    public let isSequence: Bool
    /// Size in the file: a column or row larger than the frames where the codec needs even sides. The writer repeats
    /// the last column or row; frames keep `VideoDescription.size`.
    public let storedSize: Size
    /// Sentences that a person should read before the work begins.
    public let notices: [String]

    let target: OutputTarget
    let storedFormatName: String
    let encoderOptions: [(String, String)]
    let overwrite: Bool

    /// Whether pictures with alpha would keep it in an output of this name.
    public static func canCarryAlpha(path: String, options: EncodingOptions) -> Bool {
        let video = VideoDescription(
            size: Size(width: 64, height: 64), timeBase: Rational(1, 25), averageFrameRate: Rational(25, 1),
            wantsAlpha: true)
        return (try? OutputPlan(path: path, video: video, options: options))?.carriesAlpha ?? false
    }

    /// - Throws: `.usage` for an unknown or unfit codec, container, option or format, `.missingPart` where FFmpeg lacks
    ///   the encoder.
    public init(path: String, video: VideoDescription, options: EncodingOptions) throws(MatteError) {
        let target = try OutputTarget(path: path, outputFormat: options.outputFormat)
        let encoder = try Self.encoder(for: target, path: path, video: video, asked: options.codec)
        var profile = EncoderProfile(encoder: encoder)
        guard min(video.size.width, video.size.height) >= profile.minimumSide else {
            throw MatteError(
                .usage, "'\(path)' would be too small (\(video.size)) for \(encoder.name)",
                advice: "its pictures have at least \(profile.minimumSide) pixels a side; choose another --codec")
        }
        let keepsAlpha =
            video.wantsAlpha && FormatChoice.codecsWithAlpha.contains(encoder.codecName)
            && target.carriesAlpha(codec: encoder.codecName)
        let choice = FormatChoice(
            codecName: encoder.codecName, video: video, keepsAlpha: keepsAlpha,
            prefersFullChroma: options.codec?.lowercased() == "prores4444")
        let (storedName, format) = try Self.format(choice, encoder: encoder, asked: options.pixelFormat)

        var notices: [String] = []
        storedSize = Self.storedSize(video.size, format: format, needsEvenSides: profile.needsEvenSides)
        if storedSize != video.size {
            notices.append(
                "'\(path)': \(encoder.name) needs even sides, so \(video.size) is stored as \(storedSize)"
                    + " with the edge repeated")
        }
        if video.depth > 8, format.depth <= 8 {
            notices.append(
                "'\(path)' keeps 8 of \(video.depth) bits per sample: \(encoder.name) has no deeper format for it")
        }
        profile.options += profile.memoryOptions(
            encoder: encoder, size: storedSize, preset: options.encoderPreset)
        var encoderOptions = try profile.encoderOptions(for: options, encoder: encoder) { notices.append($0) }
        encoderOptions.insert(contentsOf: Self.formatOptions(encoder, format), at: 0)

        self.path = path
        self.target = target
        container = target.container?.name ?? "image2"
        codecName = encoder.codecName
        encoderName = encoder.name
        self.format = format
        color = choice.color(storedAs: format, name: storedName, size: video.size)
        carriesAlpha = keepsAlpha && format.hasAlpha
        if case .sequence = target { isSequence = true } else { isSequence = false }
        self.notices = notices
        storedFormatName = storedName
        self.encoderOptions = encoderOptions
        overwrite = options.overwrite
    }

    /// Options that follow from the chosen pixel format.
    private static func formatOptions(_ encoder: EncoderCapabilities, _ format: PixelFormat) -> [(String, String)] {
        switch encoder.name {
        case "libvpx-vp9":
            // Alternate reference frames have no alpha of their own; libvpx refuses the pair.
            format.hasAlpha ? [("auto-alt-ref", "0")] : []
        case "libvpx":
            // The threads of libvpx's VP8 encoder wait for each other by spinning, and were seen to wait for ever.
            [("threads", "1")] + (format.hasAlpha ? [("auto-alt-ref", "0")] : [])
        case "prores_ks":
            [("profile", format.log2ChromaWidth == 0 ? "4444" : "hq")]
        default: []
        }
    }

    private static func storedSize(_ size: Size, format: PixelFormat, needsEvenSides: Bool) -> Size {
        guard needsEvenSides else { return size }
        return Size(
            width: format.log2ChromaWidth > 0 ? size.width + size.width % 2 : size.width,
            height: format.log2ChromaHeight > 0 ? size.height + size.height % 2 : size.height)
    }
}
