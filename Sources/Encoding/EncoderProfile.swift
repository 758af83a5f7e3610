internal import FFmpeg
internal import Frames

/// What matte asks of one encoder: its quality and speed scales, and the options that it always gets.
struct EncoderProfile: Sendable {
    /// How `--quality` is told to the encoder.
    enum Quality: Sendable {
        /// An option with its range; `standard` is what it gets without `--quality`.
        case option(String, ClosedRange<Double>, standard: Double?)
        /// FFmpeg's fixed quantiser (`-q:v`), 1 the best.
        case quantiser(ClosedRange<Double>, standard: Double?)
        /// Nothing to choose.
        case lossless
    }

    /// How `--encoder-preset` is told to the encoder.
    enum Preset: Sendable {
        case names(option: String, [String], standard: String?)
        /// `byName`: the number for each of x264's names, from "ultrafast" to "placebo".
        case numbers(option: String, ClosedRange<Int>, standard: Int, byName: [Int])
        case none
    }

    var quality: Quality
    var preset: Preset = .none
    var options: [(String, String)] = []
    /// The smallest side that the encoder takes.
    var minimumSide = 1
    /// Whether 4:2:0 and 4:2:2 pictures need even sides: the bit stream cannot say otherwise.
    var needsEvenSides = false

    static let presetNames = [
        "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo",
    ]

    /// Standards are chosen to look like the source at the usual viewing distance, and to be done in bearable time.
    init(encoder: EncoderCapabilities) {
        let x264Presets = Preset.names(option: "preset", Self.presetNames, standard: "medium")
        switch encoder.name {
        case "libx264", "libx264rgb":
            // x264's look-ahead reads memory that it never wrote when it runs on AVX-512 (seen in core 164), so that a
            // clip's bytes depend on what the process did before. Without it x264 takes a tenth more of its time.
            self.init(
                quality: .option("crf", 0...51, standard: 20), preset: x264Presets,
                options: Processor.hasAVX512 ? [("x264-params", "asm=AVX2,FMA3,BMI2,LZCNT")] : [],
                needsEvenSides: true)
        case "libx265":
            // x265 writes to the standard error stream by itself unless told.
            self.init(
                quality: .option("crf", 0...51, standard: 22), preset: x264Presets,
                options: [("x265-params", "log-level=none")], minimumSide: 16, needsEvenSides: true)
        case "libsvtav1":
            self.init(
                quality: .option("crf", 1...63, standard: 30),
                preset: .numbers(
                    option: "preset", 0...13, standard: 8, byName: [13, 12, 11, 10, 9, 8, 6, 4, 2, 0]),
                minimumSide: 64, needsEvenSides: true)
        case "libaom-av1":
            self.init(
                quality: .option("crf", 0...63, standard: 28),
                preset: .numbers(option: "cpu-used", 0...8, standard: 6, byName: [8, 8, 8, 7, 7, 6, 4, 3, 1, 0]),
                options: [("b", "0"), ("row-mt", "1")])
        case "libvpx-vp9":
            // A bit rate of 0 makes CRF the only measure of quality.
            self.init(
                quality: .option("crf", 0...63, standard: 28),
                preset: .numbers(option: "cpu-used", 0...8, standard: 4, byName: [8, 7, 6, 5, 5, 4, 2, 1, 0, 0]),
                options: [("b", "0"), ("row-mt", "1"), ("deadline", "good")])
        case "prores_ks":
            self.init(
                quality: .quantiser(1...64, standard: nil), options: [("vendor", "apl0"), ("alpha_bits", "16")])
        case "ffv1":
            // Version 3 has checksums and slices; every picture stands alone, as archives want it.
            self.init(quality: .lossless, options: [("level", "3"), ("slicecrc", "1"), ("g", "1")])
        case "mjpeg":
            self.init(quality: .quantiser(1...31, standard: 2))
        case "libwebp", "libwebp_anim":
            self.init(quality: .option("quality", 0...100, standard: 90))
        case "tiff":
            self.init(quality: .lossless, options: [("compression_algo", "deflate")])
        default:
            if encoder.isLossless {
                self.init(quality: .lossless)
            } else if encoder.hasOption("crf") {
                self.init(quality: .option("crf", 0...63, standard: nil))
            } else {
                self.init(quality: .quantiser(1...31, standard: nil))
            }
            if encoder.hasOption("preset") { preset = .names(option: "preset", [], standard: nil) }
        }
    }

    private init(
        quality: Quality, preset: Preset = .none, options: [(String, String)] = [], minimumSide: Int = 1,
        needsEvenSides: Bool = false
    ) {
        self.quality = quality
        self.preset = preset
        self.options = options
        self.minimumSide = minimumSide
        self.needsEvenSides = needsEvenSides
    }
}
