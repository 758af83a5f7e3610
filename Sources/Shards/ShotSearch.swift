import Decoding
import FFmpeg
import Frames
import MatteKit
import Matting

/// Looks for places where a clip may be cut, decoding only the stretches in which one is wanted.
struct ShotSearch {
    private let path: String
    private let options: DecodingOptions
    private let isCancelled: @Sendable () -> Bool

    /// Frames at the beginning of a stretch whose differences are not known well enough yet to tell a cut.
    private static let leadFrames: Int64 = 4

    init(_ path: String, options: DecodingOptions, isCancelled: @escaping @Sendable () -> Bool) {
        (self.path, self.options, self.isCancelled) = (path, options, isCancelled)
    }

    /// First frames of shots.
    ///
    /// - Parameters:
    ///   - frameTicks: of a usual frame.
    ///   - stopsAtFirst: for the first alone.
    func cuts(in stretch: Range<Int64>, frameTicks: Int64, stopsAtFirst: Bool = false) throws -> [Int64] {
        var decoding = options
        decoding.segment = ClipSegment(
            first: stretch.lowerBound - Self.leadFrames * frameTicks,
            end: stretch.upperBound == .max ? nil : stretch.upperBound)
        var cuts: [Int64] = []
        var detector = SceneCutDetector()
        // Damage is told of by the run itself.
        let decoder: ClipDecoder
        do {
            decoder = try ClipDecoder(path: path, options: decoding, isCancelled: isCancelled)
        } catch let error as MatteError where error.kind == .usage {
            return []  // the clip is shorter than its container says
        }
        while let frame = try decoder.nextFrame() {
            let startsShot = detector.startsShot(frame)
            guard startsShot, frame.timestamp.ticks >= stretch.lowerBound else { continue }
            cuts.append(frame.timestamp.ticks)
            if stopsAtFirst { break }
        }
        return cuts
    }

    /// The last key frame in a stretch; nil where there is none. Nothing is decoded.
    func lastKeyFrame(in stretch: Range<Int64>) throws -> Int64? {
        let demuxer = try Demuxer(MediaLocation(url: "file:" + path, name: path), isCancelled: isCancelled)
        guard let stream = demuxer.videoStream, demuxer.seek(toTicks: stretch.lowerBound, stream: stream) else {
            return nil
        }
        var last: Int64?
        while let packet = try demuxer.nextPacket() {
            guard packet.streamIndex == stream, let pts = packet.pts else { continue }
            if packet.isKey, pts >= stretch.upperBound { break }
            if packet.isKey, pts >= stretch.lowerBound { last = pts }
        }
        return last
    }
}
