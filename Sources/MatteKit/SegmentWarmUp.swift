public import Decoding
public import Frames
public import Matting
import Pixels
public import Presets

/// Brings a network that remembers to a frame in the middle of a shot, as if it had seen the shot from its beginning.
///
/// How many frames that takes differs from clip to clip, and nobody knows it beforehand. So the frames before are gone
/// through from two places, one of them twice as far back. Where the mattes of the last frames agree, both have forgotten
/// how they began, and so would have one long run; where they do not, the distance is doubled, up to the frame at which
/// the shot begins, where a long run begins afresh too.
///
/// `run` blocks; used by one thread.
public struct SegmentWarmUp {
    /// Where matting may go on, and how it got there.
    public struct Outcome: Sendable {
        /// Right before the segment's first frame; nil where the shot begins so near to it that matting has to begin
        /// with the shot.
        public var checkpoint: MattingCheckpoint?
        /// The file's tick of the frame to begin at.
        public var readFrom: Int64
        public var figures: Figures
    }

    /// For reports.
    public struct Figures: Sendable, Hashable, Codable {
        /// Before the segment, that the network saw.
        public var frames: Int
        /// Whether the first of them begins a shot, so that no bit differs from one long run.
        public var isExact: Bool
        /// Share of the pixels, 0…1, at which alpha was off by more than 1/255 when it began at half of the distance;
        /// nil where nothing was compared.
        public var differingShare: Double?
    }

    /// Of the first attempt. RVM needs more, but what forgets fast is done with it, and it costs little beside the rest.
    private static let firstFrames = 64
    /// Share of the pixels of the frames that are compared that may differ by more than 1/255: a tenth of what is allowed in
    /// the end, as differences may grow again behind the seam. ARCHITECTURE.md has the measurement.
    private static let mostDiffering = 0.0001
    /// Frames that are compared, the last ones before the segment.
    private static let comparedFrames = 4
    /// What happens within so many frames of a beginning is no cut that one long run would see, too.
    private static let leadFrames = 4

    private let options: RunOptions
    private let network: SharedNetwork
    private let isCancelled: @Sendable () -> Bool
    private let notice: NoticeHandler

    /// - Parameters:
    ///   - network: is loaded, and kept for the job that does the segment.
    ///   - isCancelled: asked at every frame; true ends with `.interrupted`.
    public init(
        _ options: RunOptions, network: SharedNetwork, isCancelled: @escaping @Sendable () -> Bool,
        notice: @escaping NoticeHandler = { _ in }
    ) {
        (self.options, self.network, self.isCancelled, self.notice) = (options, network, isCancelled, notice)
    }

    /// - Parameters:
    ///   - segment: which begins in the middle of a shot.
    ///   - start: the file's tick from which on the mattes are those of one long run, bit by bit.
    /// - Throws: what reading the clip and matting it throw.
    public func run(before segment: ClipSegment, exactFrom start: Int64) throws -> Outcome {
        let distance = max(1, segment.first - start)
        var reach = min(distance, try firstReach(segment))
        var shorter: Attempt?
        while true {
            let attempt = try attempt(from: segment.first - reach, segment)
            let differing = shorter?.share(of: attempt)
            let isExact = reach == distance || attempt.cut != nil
            let agrees = attempt.checkpoint != nil && differing.map { $0 <= Self.mostDiffering } == true
            if isExact || agrees {
                return Outcome(
                    checkpoint: attempt.checkpoint, readFrom: attempt.cut ?? segment.first - reach,
                    figures: Figures(frames: attempt.frames, isExact: isExact, differingShare: differing))
            }
            shorter = attempt
            // What would be left behind the next attempt would take nearly as long as the whole.
            reach = reach * 3 >= distance ? distance : reach * 2
        }
    }

    /// Of the file's ticks.
    private func firstReach(_ segment: ClipSegment) throws -> Int64 {
        let decoder = try open(from: segment.first, to: nil, segment)
        let (rate, tick) = (decoder.info.averageFrameRate, decoder.info.timeBase)
        guard rate.isKnown, tick.isKnown else { return 1 }
        return max(1, Int64((Double(Self.firstFrames) / rate.doubleValue / tick.doubleValue).rounded()))
    }

    private func open(from first: Int64, to end: Int64?, _ segment: ClipSegment) throws -> ClipDecoder {
        var decoding = options.decoding
        decoding.segment = ClipSegment(first: first, end: end, shift: segment.shift)
        return try ClipDecoder(path: options.input, options: decoding, isCancelled: isCancelled)
    }

    /// What is known when the frames before the segment were gone through.
    private struct Attempt {
        var frames = 0
        var checkpoint: MattingCheckpoint?
        /// The file's tick of the last frame that began a shot; nil for the first frame of all.
        var cut: Int64?
        /// In codes of eight bits, of the last frames; those that are held back at the beginning of a shot are not there.
        var alphas: [[UInt8]] = []

        /// Of the pixels, that differ by more than 1/255; nil where the two have no frames in common.
        func share(of other: Attempt) -> Double? {
            let pairs = zip(alphas.reversed(), other.alphas.reversed())
            let pixels = pairs.reduce(0) { $0 + min($1.0.count, $1.1.count) }
            guard pixels > 0 else { return nil }
            let differing = pairs.reduce(0) { sum, pair in
                sum + zip(pair.0, pair.1).reduce(0) { $0 + (abs(Int($1.0) - Int($1.1)) > 1 ? 1 : 0) }
            }
            return Double(differing) / Double(pixels)
        }
    }

    private func attempt(from first: Int64, _ segment: ClipSegment) throws -> Attempt {
        var attempt = Attempt()
        let decoder: ClipDecoder
        do {
            decoder = try open(from: first, to: segment.first, segment)
        } catch let error as MatteError where error.kind == .usage {
            return attempt  // a clip whose frames stand still for long has none so near
        }
        let matting = try network.open(
            options, frameRate: decoder.info.averageFrameRate, isPart: true, isCancelled: isCancelled, notice: notice)
        let stage = MattingStage(network: matting.network, options: options.matting)
        var last: [MattedFrame] = []
        func keep(_ matted: MattedFrame) {
            if last.count == Self.comparedFrames { last.removeFirst() }
            last.append(matted)
        }
        while let frame = try decoder.nextFrame() {
            if isCancelled() { throw MatteError(.interrupted, "interrupted") }
            let shots = stage.shotCount
            try stage.process(frame, emit: keep)
            if stage.shotCount > shots, attempt.frames >= Self.leadFrames {
                attempt.cut = frame.timestamp.ticks + segment.shift
            }
            attempt.frames += 1
        }
        attempt.checkpoint = stage.checkpoint
        attempt.alphas = last.map { matted in
            matted.matte.dense(for: matted.frame, withForeground: false).alpha.withFloats { alpha in
                alpha.map { $0 >= 1 ? 255 : $0 > 0 ? UInt8(($0 * 255).rounded()) : 0 }
            }
        }
        return attempt
    }
}
