internal import FFmpeg
internal import Frames

extension OutputPlan {
    static func encoder(
        for target: OutputTarget, path: String, video: VideoDescription, asked: String?
    ) throws(MatteError) -> EncoderCapabilities {
        let name = asked ?? target.standardCodec(wantsAlpha: video.wantsAlpha && !video.isGray, isGray: video.isGray)
        let encoder = try VideoCodec.encoder(for: name) { encoder in
            let profile = EncoderProfile(encoder: encoder)
            guard min(video.size.width, video.size.height) >= profile.minimumSide else { return false }
            // AV1 can have odd sides, so an encoder that cannot gives way to one that can.
            let isEven = video.size.width % 2 == 0 && video.size.height % 2 == 0
            return isEven || encoder.codecName != "av1" || !profile.needsEvenSides
        }
        guard target.holds(codec: encoder.codecName) else {
            let fitting = VideoCodec.all.filter { target.holds(codec: $0.codecName) }.map(\.name)
            throw MatteError(
                .usage, "'\(path)' cannot hold \(name): \(target.words) does not take it",
                advice: fitting.isEmpty
                    ? "choose another kind of file"
                    : "choose --codec \(fitting.joined(separator: ", "))"
                        + " or another kind of file")
        }
        return encoder
    }

    static func format(
        _ choice: FormatChoice, encoder: EncoderCapabilities, asked: String?
    ) throws(MatteError) -> (storedName: String, format: PixelFormat) {
        let known = encoder.pixelFormats
        if let asked {
            guard known.isEmpty || known.contains(asked),
                let format = PixelFormat(ffmpegName: FormatChoice.frameFormatName(for: asked))
            else {
                let possible = known.filter { PixelFormat(ffmpegName: FormatChoice.frameFormatName(for: $0)) != nil }
                throw MatteError(
                    .usage, "the encoder \(encoder.name) does not take the pixel format '\(asked)'",
                    advice: "choose one of \(possible.joined(separator: ", "))")
            }
            return (asked, format)
        }
        for name in choice.names where known.isEmpty || known.contains(name) {
            if let format = PixelFormat(ffmpegName: FormatChoice.frameFormatName(for: name)) { return (name, format) }
        }
        throw MatteError(
            .usage, "the encoder \(encoder.name) takes no pixel format that matte can write",
            advice: "choose one of \(VideoCodec.names)")
    }
}

extension OutputTarget {
    /// Nil for pictures.
    var container: ContainerFormat? {
        switch self {
        case .file(_, let container), .direct(_, let container): container
        case .picture, .sequence: nil
        }
    }

    /// Nil for containers.
    var pictureKind: PictureFileKind? {
        switch self {
        case .picture(_, let kind), .sequence(_, _, let kind): kind
        case .file, .direct: nil
        }
    }

    /// What it is, in an error's words.
    var words: String {
        switch self {
        case .file(_, let container), .direct(_, let container): "the container \(container.name)"
        case .picture(_, let kind), .sequence(_, _, let kind): "a \(kind.rawValue) picture"
        }
    }

    func standardCodec(wantsAlpha: Bool, isGray: Bool) -> String {
        switch self {
        case .picture(_, let kind), .sequence(_, _, let kind): kind.codec
        case .file(_, let container), .direct(_, let container):
            switch container.name {
            case "mov": wantsAlpha ? "prores" : "h264"
            // A matte of its own is for further work: no bit of it is lost where the container is made for that.
            case "matroska", "nut": wantsAlpha || isGray ? "ffv1" : "h264"
            case "webm": "vp9"
            case "mp4", "mpegts": "h264"
            default: container.defaultVideoCodec ?? "h264"
            }
        }
    }

    func holds(codec: String) -> Bool {
        switch self {
        case .picture(_, let kind), .sequence(_, _, let kind):
            return VideoCodec.named(kind.codec)?.codecName == codec
        case .file(_, let container), .direct(_, let container):
            if let answer = container.holds(codec: codec) { return answer }
            // FFmpeg does not say for containers without a table of tags.
            return switch container.name {
            case "mpegts": ["h264", "hevc", "mpeg1video", "mpeg2video", "mpeg4"].contains(codec)
            default: container.defaultVideoCodec == codec
            }
        }
    }

    /// VP8 and VP9 keep alpha in Matroska's BlockAdditions, so only there.
    func carriesAlpha(codec: String) -> Bool {
        guard codec == "vp9" || codec == "vp8" else { return true }
        return container?.name == "matroska" || container?.name == "webm"
    }
}

extension OutputPlan {
    /// The profile that the output's files hold: picture files of colours do, where the frames have one.
    func keptProfile(_ video: VideoDescription) -> ICCProfile? {
        guard target.pictureKind != nil, format.model != .gray, !video.isGray else { return nil }
        return video.iccProfile
    }

    /// What puts the profile into the files; nil where there is none, or the encoder does it.
    func profileEmbedding(_ profile: ICCProfile?) -> ProfileEmbedding? {
        guard let profile, let kind = target.pictureKind else { return nil }
        return ProfileEmbedding(profile, kind: kind, size: storedSize, hasAlpha: carriesAlpha)
    }

    /// Whether an output of this name is one picture file.
    public static func isPicture(_ path: String) -> Bool {
        if case .picture? = try? OutputTarget(path: path, outputFormat: nil) { true } else { false }
    }

    /// The encoder that `--codec` takes for a codec's name; nil where the installed FFmpeg has none.
    public static func encoderName(forCodec name: String) -> String? { try? VideoCodec.encoder(for: name).name }
}
