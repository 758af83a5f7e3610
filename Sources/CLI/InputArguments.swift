import ArgumentParser

struct InputArguments: ParsableArguments {
    @Option(help: "FFmpeg's name of the input's format, for raw video or a stream on standard input.")
    var inputFormat: String?

    @Option(help: "An option of FFmpeg's demuxer, such as video_size=640x360; may be repeated.")
    var inputOption: [String] = []

    @Option(help: ArgumentHelp("Begin at this time.", valueName: "time"))
    var start: String?

    @Option(help: ArgumentHelp("End before this time.", valueName: "time"))
    var end: String?

    @Option(help: ArgumentHelp("Stop after this many frames.", valueName: "count"))
    var frames: String?

    @Option(help: ArgumentHelp("copy (default) or none.", valueName: "mode"))
    var audio: String?

    var settings: [Setting] {
        [Setting](["input-format": inputFormat, "start": start, "end": end, "frames": frames, "audio": audio])
            + .each("input-option", inputOption)
    }
}
