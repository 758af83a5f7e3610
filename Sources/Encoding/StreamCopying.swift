internal import FFmpeg
internal import Frames

/// Which of an input's streams a container can take as they are.
struct StreamCopying {
    let container: ContainerFormat

    enum Answer: Equatable {
        case copied
        /// Left out because the container makes its own, or there is nothing in it that a person could miss.
        case silentlyLeftOut
        /// Left out, for a reason a person should know.
        case leftOut(reason: String)
    }

    /// - Parameter hasChapters: whether the input's chapters are written by themselves.
    func answer(for stream: StreamTemplate, hasChapters: Bool) -> Answer {
        // QuickTime keeps chapters as a stream of text beside the list of chapters.
        if stream.kind == .data, hasChapters, stream.codecName == "bin_data" || stream.codecName == "none" {
            return .silentlyLeftOut
        }
        if holds(stream, in: container) { return .copied }
        var reason = "\(words(for: stream)) is left out: \(container.name) cannot hold it"
        let others = ["mov", "mp4", "matroska"].compactMap(ContainerFormat.init(name:)).filter {
            $0 != container && holds(stream, in: $0)
        }
        let endings = ["mov": ".mov", "mp4": ".mp4", "matroska": ".mkv"]
        let keeping = others.compactMap { endings[$0.name] }
        if !keeping.isEmpty { reason += "; a \(keeping.joined(separator: " or ")) file would keep it" }
        return .leftOut(reason: reason)
    }

    private func holds(_ stream: StreamTemplate, in container: ContainerFormat) -> Bool {
        switch stream.kind {
        case .attachment: return container.name == "matroska"
        // Cover pictures; elsewhere they would look like a second video.
        case .video:
            return stream.disposition & Self.attachedPicture != 0 && ["mov", "mp4"].contains(container.name)
                && ["mjpeg", "png"].contains(stream.codecName)
        // QuickTime's time codes and camera data need more than a copy of their packets.
        case .data: return container.name == "mpegts" && stream.codecName == "timed_id3"
        case .audio, .subtitle: break
        }
        if let answer = container.holds(codec: stream.codecName) { return answer }
        return container.name == "mpegts" && Self.transportStreamCodecs.contains(stream.codecName)
    }

    /// AV_DISPOSITION_ATTACHED_PIC of <libavformat/avformat.h>.
    private static let attachedPicture: Int32 = 0x400

    /// Codecs with a stream type or descriptor of their own in MPEG-TS; FFmpeg has no table to ask.
    private static let transportStreamCodecs: Set<String> = [
        "aac", "aac_latm", "mp1", "mp2", "mp3", "ac3", "eac3", "dts", "truehd", "opus", "dvb_subtitle", "dvb_teletext",
    ]

    private func words(for stream: StreamTemplate) -> String {
        let kind =
            switch stream.kind {
            case .audio: "audio"
            case .subtitle: "subtitle"
            case .video: "picture"
            case .data: "data"
            case .attachment: "attachment"
            }
        return "\(kind) stream \(stream.index) (\(stream.codecName))"
    }
}
