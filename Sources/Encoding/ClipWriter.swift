public import FFmpeg
public import Frames

/// Writes frames and copied packets to one output, which appears under its name only when `finish` has completed it.
///
/// Used by one thread at a time. A writer that is let go of, or that has thrown, leaves nothing behind.
public final class ClipWriter {
    public let plan: OutputPlan
    private let encoder: VideoEncoder
    private let sink: any OutputSink
    private var recorder: ExpectationRecorder?
    private var frames = 0
    private var isOpen = true

    /// Opens the encoder and the output.
    ///
    /// - Parameters:
    ///   - video: what `plan` was made for.
    ///   - streams: streams of the input whose packets will be given; those that the container cannot hold are left
    ///     out, with a notice.
    ///   - container: metadata and chapters to take over.
    ///   - recordsExpectation: keep each picture's time (8 bytes a frame) and digests of the sound for `OutputVerifier`.
    /// - Throws: `.cannotCreate` where the name is taken or its folder missing, `.usage` where encoder or container
    ///   refuse what was asked, `.missingPart`, `.io`.
    public init(
        plan: OutputPlan, video: VideoDescription, streams: [StreamTemplate] = [], container: ContainerInfo? = nil,
        recordsExpectation: Bool = false, notice: @escaping NoticeHandler = { _ in }
    ) throws {
        self.plan = plan
        plan.notices.forEach(notice)
        let format = plan.target.container
        var settings = VideoEncoderSettings(
            encoder: plan.encoderName, frameSize: video.size, storedSize: plan.storedSize, format: plan.format,
            storedFormatName: plan.storedFormatName, color: plan.color, timeBase: video.timeBase,
            frameRate: video.averageFrameRate, sampleAspectRatio: video.sampleAspectRatio,
            options: plan.encoderOptions, needsGlobalHeader: format?.needsGlobalHeader ?? false)
        settings.iccProfile = plan.keptProfile(video)
        let embedding = plan.profileEmbedding(settings.iccProfile)
        let encoder = try VideoEncoder(settings)
        self.encoder = encoder
        var copiedAudio: [StreamTemplate] = []
        switch plan.target {
        case .picture(let path, _):
            sink = try PictureSink(path: path, overwrite: plan.overwrite, profile: embedding)
        case .sequence(let folder, let naming, _):
            sink = try SequenceSink(
                path: plan.path, folder: folder, naming: naming, overwrite: plan.overwrite, profile: embedding,
                notice: notice)
        case .file(let path, let format):
            let file = try PendingFile(target: path, overwrite: plan.overwrite)
            let container = try ContainerSink(
                path: path, file: file, address: "file:" + file.path, format: format,
                pictures: .encoder(encoder), streams: streams, container: container, notice: notice)
            copiedAudio = streams.filter { $0.kind == .audio && container.copies(stream: $0.index) }
            sink = container
        case .direct(let address, let format):
            if recordsExpectation {
                throw MatteError(
                    .usage, "'\(plan.path)' cannot be checked: it cannot be read again", advice: "write to a file")
            }
            let container = try ContainerSink(
                path: plan.path, file: nil, address: address, format: format, pictures: .encoder(encoder),
                streams: streams,
                container: container, notice: notice)
            sink = container
        }
        if recordsExpectation { recorder = try ExpectationRecorder(plan: plan, video: video, audio: copiedAudio) }
    }

    deinit { abandon() }

    /// Encodes the next frame: of the plan's format, the description's size and time base, later than the one before.
    public func write(_ frame: Frame) throws {
        try whileOpen {
            if frames == 0 { try sink.begin(at: frame.timestamp) }
            try encoder.encode(frame) { try sink.write(picture: $0) }
            frames += 1
            recorder?.add(frame)
        }
    }

    /// Copies a packet; `streamIndex` is the index in the input. Packets of streams that are not copied are passed over.
    public func write(_ packet: Packet) throws {
        try whileOpen {
            try sink.write(copied: packet)
            recorder?.add(packet)
        }
    }

    /// Writes what the encoder still holds, completes the file, flushes it to the disk and gives it its name.
    public func finish() throws -> WrittenClip {
        try whileOpen {
            guard frames > 0 else {
                throw MatteError(
                    .badInput, "there is no picture to write to '\(plan.path)'",
                    advice: "check the input, --start and --end")
            }
            try encoder.finish { try sink.write(picture: $0) }
            try sink.commit()
        }
        isOpen = false
        return WrittenClip(path: plan.path, frames: frames, expectation: recorder?.finish())
    }

    /// Removes what was written so far. Does nothing after `finish`, or a second time.
    public func abandon() {
        isOpen = false
        sink.discard()
    }

    private func whileOpen(_ body: () throws -> Void) throws {
        guard isOpen else { throw MatteError(.internal, "'\(plan.path)' is closed already") }
        do {
            try body()
        } catch {
            abandon()
            throw error
        }
    }
}
