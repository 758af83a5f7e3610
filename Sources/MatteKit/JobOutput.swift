import Compositing
import Decoding
import Encoding
import FFmpeg
import Foundation
import Frames
import Pipeline
import Presets

/// One output file of a job: what is shown in it, who draws it, who writes it.
final class JobOutput: JobPicture {
    let path: String
    let layout: Layout
    let compositor: Compositor
    /// Only the main output carries audio and the rest.
    let copiesStreams: Bool
    /// Of what is written; nil for none.
    var thumbnail: Thumbnail?
    private let writer: ClipWriter
    private let verifies: Bool
    private(set) var written: WrittenClip?

    /// - Parameters:
    ///   - color: the source's description, complete.
    ///   - wantsAlpha: whether the picture should carry its alpha where the format can.
    init(
        path: String, layout: Layout, clip: ClipInfo, color: ColorDescription, wantsAlpha: Bool, copiesStreams: Bool,
        options: RunOptions, notice: @escaping NoticeHandler
    ) throws {
        let size = Compositor.outputSize(for: layout, source: clip.size)
        var video = VideoDescription(
            size: size, timeBase: clip.timeBase,
            averageFrameRate: clip.averageFrameRate, sampleAspectRatio: clip.sampleAspectRatio, color: color,
            depth: clip.format.depth, wantsAlpha: wantsAlpha, isGray: layout == .alpha)
        video.iccProfile = clip.iccProfile
        let plan = try OutputPlan(path: path, video: video, options: Self.encoding(for: path, options))
        self.path = path
        self.layout = layout
        self.copiesStreams = copiesStreams
        verifies = options.verifies
        compositor = Compositor(
            layout: layout, alphaMode: options.alphaMode,
            target: RenderTarget(
                size: size, format: plan.format, color: plan.color, carriesAlpha: plan.carriesAlpha))
        writer = try ClipWriter(
            plan: plan, video: video, streams: copiesStreams ? clip.streams : [],
            container: copiesStreams ? clip.container : nil, recordsExpectation: options.verifies, notice: notice)
    }

    /// Codec, quality and the like are meant for the main output; they hold for another one of the same kind of file.
    private static func encoding(for path: String, _ options: RunOptions) -> EncodingOptions {
        func kind(_ path: String) -> String { (path as NSString).pathExtension.lowercased() }
        if path == options.output || kind(path) == kind(options.output) { return options.encoding }
        var encoding = EncodingOptions()
        encoding.overwrite = options.encoding.overwrite
        return encoding
    }

    func write(_ frame: Frame) throws {
        try writer.write(frame)
        thumbnail?.take(frame)
    }

    func write(_ packet: Packet) throws { try writer.write(packet) }
    func finish() throws { written = try writer.finish() }
    func abandon() { writer.abandon() }

    /// Re-reads the finished file.
    ///
    /// - Throws: `MatteError` of kind `.internal` that names the first difference.
    func verify() throws {
        guard verifies, let written else { return }
        try OutputVerifier.verify(written)
    }
}
