import Decoding
import Foundation
import Frames
import Matting
import Presets
import Trimaps

/// Opens the files of a job's trimaps.
struct JobTrimaps {
    private let options: TrimapOptions
    private let decoding: DecodingOptions
    private let frameRate: Rational
    private let isPart: Bool
    private let isCancelled: @Sendable () -> Bool
    private let notice: NoticeHandler

    /// - Parameters:
    ///   - decoding: of the clip; its start and end hold for clips of trimaps too.
    ///   - frameRate: of the clip.
    ///   - isPart: whether only a part of the clip is matted.
    init(
        _ options: TrimapOptions, decoding: DecodingOptions, frameRate: Rational, isPart: Bool,
        isCancelled: @escaping @Sendable () -> Bool, notice: @escaping NoticeHandler
    ) {
        self.options = options
        self.decoding = decoding
        self.frameRate = frameRate
        self.isPart = isPart
        self.isCancelled = isCancelled
        self.notice = notice
    }

    /// - Parameter mask: the network whose alpha is the mask, where no file is.
    func open(mask: (any MattingNetwork)?) throws -> TrimapSequence {
        let base: TrimapSequence.Base
        if let mask {
            base = .network(mask, bandPixels: options.bandPixels)
        } else if let path = options.path {
            let clip = try clip(path)
            base = options.isFromMask ? .masks(clip, bandPixels: options.bandPixels) : .trimaps(clip)
        } else {
            base = .nothing
        }
        return TrimapSequence(base, strokes: try options.strokes.map(clip), notice: notice)
    }

    private func clip(_ path: String) throws -> TrimapClip {
        var reading = DecodingOptions()
        reading.isForStill = decoding.isForStill
        // A folder has no times of its own: it counts as the clip does.
        if isSequence(path), frameRate.isKnown { reading.inputOptions["framerate"] = frameRate.description }
        func open() throws -> ClipDecoder {
            try ClipDecoder(path: path, options: reading, isCancelled: isCancelled, notice: notice)
        }
        var decoder = try open()
        guard decoder.info.isStill || !isPart else {
            throw MatteError(
                .usage, "'\(path)' has a trimap for each picture, which goes with whole clips only",
                advice: "give one picture for all, or matte the clip with `matte run`")
        }
        if !decoder.info.isStill, decoding.start != nil || decoding.end != nil {
            (reading.start, reading.end) = (decoding.start, decoding.end)
            decoder = try open()
        }
        return TrimapClip(decoder, name: path, isStill: decoder.info.isStill)
    }

    private func isSequence(_ path: String) -> Bool {
        let files = FileManager.default
        return files.fileExists(atPath: path) ? files.isFolder(path) : path.contains("%")
    }
}
