import Decoding
import Encoding
import Frames
import Presets

/// The two ends of a show, as the options name them: what gives pictures and what takes them.
struct LiveEnds {
    /// Opens the source; what was opened to check it is given out first.
    let openSource: @Sendable () throws -> any LiveSource
    let sink: any LiveSink
    let size: Size
    let color: ColorDescription
    let audience: (any Audience)?

    /// A source on its way to the queue that will use it.
    private struct Opened: @unchecked Sendable {
        // Sendable: taken out once, and nobody else keeps it.
        let source: any LiveSource
    }

    /// Opens both ends.
    ///
    /// - Throws: what is wrong with either, in words for the beginning of a show.
    init(_ options: LiveOptions, encoding: EncodingOptions, notice: @escaping NoticeHandler) throws {
        let camera = options.camera ?? ""
        let open: @Sendable () throws -> any LiveSource = {
            try ClipSource(
                path: camera, repeats: options.repeatsClip, keepsTime: options.keepsClipTime, notice: notice)
        }
        let clip = try ClipSource(
            path: camera, repeats: options.repeatsClip, keepsTime: options.keepsClipTime, notice: notice)
        size = (options.size ?? clip.size).even
        color = ColorDescription().resolved(for: size, format: .yuv420())
        let first = Protected<Opened?>(Opened(source: clip))
        openSource = {
            let opened = first.withLock { first in
                defer { first = nil }
                return first
            }
            return try opened?.source ?? open()
        }
        sink =
            options.output == "null"
            ? NullSink()
            : try ClipSink(
                path: options.output ?? "", size: size, rate: options.rate, color: color, options: encoding,
                notice: notice)
        audience = nil
    }
}

extension Size {
    /// Chroma has half the size.
    fileprivate var even: Size { Size(width: max(2, width & ~1), height: max(2, height & ~1)) }
}
