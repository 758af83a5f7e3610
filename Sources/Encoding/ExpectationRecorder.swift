internal import FFmpeg
internal import Frames

/// Notes down what goes into an output. One number a frame is all that grows.
struct ExpectationRecorder {
    private let plan: OutputPlan
    private let video: VideoDescription
    private let audio: [(stream: StreamTemplate, digest: AudioDigest)]
    private var times: [Int64] = []
    private var shift: Int64 = 0

    init(plan: OutputPlan, video: VideoDescription, audio: [StreamTemplate]) throws {
        self.plan = plan
        self.video = video
        self.audio = try audio.map { ($0, try AudioDigest(codecName: $0.codecName)) }
    }

    mutating func add(_ frame: Frame) {
        if times.isEmpty { shift = frame.timestamp.shiftToZero?.ticks ?? 0 }
        times.append(frame.timestamp.ticks + shift)
    }

    func add(_ packet: Packet) {
        audio.first { $0.stream.index == packet.streamIndex }?.digest.add(packet)
    }

    /// Ends the digests; to be called once.
    func finish() -> OutputExpectation {
        OutputExpectation(
            size: plan.storedSize, timeBase: video.timeBase, times: times, color: plan.color,
            carriesAlpha: plan.carriesAlpha, codecName: plan.codecName, container: plan.container,
            audio: audio.map {
                OutputExpectation.Audio(
                    inputIndex: $0.stream.index, codecName: $0.stream.codecName, packets: $0.digest.packets,
                    sha256: $0.digest.finish())
            }, target: plan.target)
    }
}
