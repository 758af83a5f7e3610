import ArgumentParser

struct OutputArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Also write the alpha, as full-range grey.", valueName: "file"))
    var outputAlpha: String?

    @Option(help: ArgumentHelp("Also write the subject's own colours over black.", valueName: "file"))
    var outputForeground: String?

    @Option(help: ArgumentHelp("FFmpeg's name of the container. (default: by extension)", valueName: "name"))
    var outputFormat: String?

    @Option(
        help: ArgumentHelp(
            "h264, hevc, av1, vp9, prores, ffv1, png or an FFmpeg encoder. (default: by extension)", valueName: "name"))
    var codec: String?

    @Option(help: ArgumentHelp("The encoder's quality number; for most, lower is better.", valueName: "number"))
    var quality: String?

    @Option(help: ArgumentHelp("The encoder's preset, such as veryfast or slow.", valueName: "name"))
    var encoderPreset: String?

    @Option(help: "An option of the encoder, such as tune=film; may be repeated.")
    var encoderOption: [String] = []

    @Option(help: ArgumentHelp("An FFmpeg pixel format. (default: fits codec, depth and alpha)", valueName: "name"))
    var pixelFormat: String?

    @Flag(help: "Replace outputs that exist.")
    var overwrite = false

    @Flag(help: "Re-read the output and prove frames, times, audio and colour tags; a difference is exit status 70.")
    var verify = false

    @Option(help: ArgumentHelp("Frames that may wait between two stages. (default: 2; large: 1)", valueName: "count"))
    var queue: String?

    var settings: [Setting] {
        [Setting]([
            "output-alpha": outputAlpha, "output-format": outputFormat, "output-foreground": outputForeground,
            "codec": codec, "quality": quality,
            "encoder-preset": encoderPreset, "pixel-format": pixelFormat, "queue": queue,
        ]) + .each("encoder-option", encoderOption) + .flag("overwrite", overwrite) + .flag("verify", verify)
    }
}
