internal import FFmpeg
internal import Frames

/// A codec that `--codec` knows by name, and the encoders that can write it, the preferred first.
struct VideoCodec: Sendable {
    let name: String
    var aliases: [String] = []
    /// FFmpeg's name of the codec.
    let codecName: String
    let encoders: [String]

    static let all: [VideoCodec] = [
        VideoCodec(name: "h264", aliases: ["avc"], codecName: "h264", encoders: ["libx264", "libopenh264"]),
        VideoCodec(name: "hevc", aliases: ["h265"], codecName: "hevc", encoders: ["libx265", "libkvazaar"]),
        VideoCodec(name: "av1", codecName: "av1", encoders: ["libsvtav1", "libaom-av1"]),
        VideoCodec(name: "vp9", codecName: "vp9", encoders: ["libvpx-vp9"]),
        VideoCodec(name: "prores", aliases: ["prores4444"], codecName: "prores", encoders: ["prores_ks"]),
        VideoCodec(name: "ffv1", codecName: "ffv1", encoders: ["ffv1"]),
        VideoCodec(name: "png", codecName: "png", encoders: ["png"]),
        VideoCodec(name: "apng", codecName: "apng", encoders: ["apng"]),
        VideoCodec(name: "jpeg", aliases: ["mjpeg", "jpg"], codecName: "mjpeg", encoders: ["mjpeg"]),
        VideoCodec(name: "webp", codecName: "webp", encoders: ["libwebp"]),
        VideoCodec(name: "tiff", codecName: "tiff", encoders: ["tiff"]),
    ]

    /// The names a person may write, for messages.
    static var names: String { all.map(\.name).joined(separator: ", ") }

    static func named(_ name: String) -> VideoCodec? {
        let name = name.lowercased()
        return all.first { $0.name == name || $0.aliases.contains(name) }
    }

    /// The encoder for what a person wrote: a codec of the table, an encoder's name, or a codec that FFmpeg knows.
    ///
    /// - Parameter canWrite: false for encoders that cannot write these pictures (too small for them).
    static func encoder(
        for name: String, canWrite: (EncoderCapabilities) -> Bool = { _ in true }
    ) throws(MatteError) -> EncoderCapabilities {
        if let codec = named(name) {
            let compiled = codec.encoders.compactMap(EncoderCapabilities.init(encoder:))
            if let encoder = compiled.first(where: canWrite) ?? compiled.first { return encoder }
            throw MatteError(
                .missingPart, "no encoder for \(codec.name) is compiled into the installed FFmpeg",
                advice: "install one with \(codec.encoders.joined(separator: " or ")), or choose another --codec")
        }
        if let encoder = EncoderCapabilities(encoder: name) ?? .standardEncoder(ofCodec: name) { return encoder }
        throw MatteError(
            .usage, "unknown codec '\(name)'",
            advice: "choose one of \(names), or the name of a video encoder that 'ffmpeg -encoders' lists")
    }
}
