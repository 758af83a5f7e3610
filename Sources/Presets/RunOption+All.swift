import Compositing
import Decoding
import Encoding
import Foundation
import Frames
import Inference
import Matting
import Plates
import Trimaps

extension RunOption {
    /// Every option of `matte run` that a preset may set too, in the order of `--help`.
    public static let all: [RunOption] =
        decoding + matting + plates + trimaps + edges + compositing + encoding + running

    private static let decoding: [RunOption] = [
        .text("input-format", "the name of an FFmpeg demuxer such as rawvideo, mpegts or image2pipe") {
            $0.decoding.inputFormat = $1
        },
        .pair("input-option") { $0.decoding.inputOptions[$1] = $2 },
        .time("start") { $0.decoding.start = $1 },
        .time("end") { $0.decoding.end = $1 },
        .integer("frames", 1...Int.max) { $0.decoding.frameLimit = $1 },
        .choice("audio", RunOptions.AudioMode.self) { $0.audio = $1 },
    ]

    private static let matting: [RunOption] = [
        .text(
            "model", "the name of a model card (see 'matte models list') or an ONNX file",
            fileRead: { $0.contains("/") || $0.hasSuffix(".onnx") ? $0 : nil }
        ) { $0.model = $1 },
        .text("engine", "auto, onnxruntime or openvino") { $0.inference.engine = $1 },
        .text("device", "cpu, cuda, cuda:N, gpu, npu or another device of the engine") { $0.inference.device = $1 },
        .flag("require-device") { $0.inference.requireDevice = $1 },
        .choice("precision", Precision.self) { $0.inference.precision = $1 },
        .integer("threads", 1...1024) { $0.inference.threads = $1 },
        .number("ratio", "a number above 0 and at most 1", where: { $0 > 0 && $0 <= 1 }) { $0.matting.ratio = $1 },
        .integer("warm-up", 0...240) { $0.matting.warmUpFrames = $1 },
        .flag("scene-cuts") { $0.matting.resetsAtSceneCuts = $1 },
    ]

    private static let plates: [RunOption] = [
        .text("plate", "a picture or clip of the empty room, or auto", fileRead: { $0 == "auto" ? nil : $0 }) {
            $0.plate = $1
        },
        .choice("plate-keep", PlateKeep.self) { $0.plateKeep = $1 },
    ]

    private static let trimaps: [RunOption] = [
        .text("trimap", "a picture, a folder of pictures or a video", fileRead: { $0 }) { $0.trimap.path = $1 },
        .text("strokes", "a picture with transparency, a folder of them or a video", fileRead: { $0 }) {
            $0.trimap.strokes = $1
        },
        .flag("trimap-from-mask") { $0.trimap.isFromMask = $1 },
        .integer("band", 0...256) { $0.trimap.bandPixels = $1 },
        .choice("algorithm", MattingAlgorithm.self) { $0.trimap.algorithm = $1 },
    ]

    private static let edges: [RunOption] = [
        .number("erode", "a number of pixels from 0 to 100", where: { (0...100).contains($0) }) {
            $0.matting.edges.erode = $1
        },
        .number("dilate", "a number of pixels from 0 to 100", where: { (0...100).contains($0) }) {
            $0.matting.edges.dilate = $1
        },
        .number("feather", "a number of pixels from 0 to 100", where: { (0...100).contains($0) }) {
            $0.matting.edges.feather = $1
        },
        RunOption("levels", "two numbers LO,HI with 0 ≤ LO < HI ≤ 1") { (options, text) throws(InvalidValue) in
            let bounds = text.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
            guard bounds.count == 2, let low = bounds[0], let high = bounds[1], low >= 0, low < high, high <= 1 else {
                throw InvalidValue()
            }
            options.matting.edges.levels = (low, high)
        },
    ]

    private static let compositing: [RunOption] = [
        RunOption(
            "background", "transparent, blur[:RADIUS], a colour, a picture or a video",
            fileRead: { if case .file(let path)? = try? BackgroundSpec(parsing: $0) { path } else { nil } }
        ) { (options, text) throws(InvalidValue) in
            do {
                options.background = try BackgroundSpec(parsing: text)
            } catch {
                throw InvalidValue(cause: error as? MatteError)
            }
        },
        .choice("fit", BackgroundFit.self) { $0.fit = $1 },
        .choice("layout", Layout.self) { $0.layout = $1 },
        .choice("alpha-mode", AlphaMode.self) { $0.alphaMode = $1 },
    ]

    private static let encoding: [RunOption] = [
        .text("output-alpha", "a path") { $0.outputAlpha = $1 },
        .text("output-foreground", "a path") { $0.outputForeground = $1 },
        .text("output-format", "a container such as mp4, mov, matroska, webm, mpegts or nut") {
            $0.encoding.outputFormat = $1
        },
        .text("codec", "a codec such as h264, hevc, av1, vp9, prores, ffv1, png") { $0.encoding.codec = $1 },
        .number("quality", "a number of the encoder's scale", where: { $0 >= 0 }) { $0.encoding.quality = $1 },
        .text("encoder-preset", "a preset of the encoder such as veryfast or slow") {
            $0.encoding.encoderPreset = $1
        },
        .pair("encoder-option") { $0.encoding.encoderOptions.append(($1, $2)) },
        .text("pixel-format", "an FFmpeg pixel format such as yuv422p10le") { $0.encoding.pixelFormat = $1 },
        .flag("overwrite") { $0.encoding.overwrite = $1 },
    ]

    private static let running: [RunOption] = [
        .flag("verify") { $0.verifies = $1 },
        .integer("queue", 1...64) { $0.queueCapacity = $1 },
    ]
}
