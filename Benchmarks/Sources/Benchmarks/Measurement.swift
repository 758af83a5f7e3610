import Foundation
import Frames
import MatteKit

/// The times of steps and stages alone, as JSON for `bench.py`.
struct Measurement: Codable {
    struct Row: Codable {
        let name: String
        let milliseconds: Timing
        /// How often as many bytes as it reads and writes could be copied meanwhile (a copy of n bytes reads n and writes
        /// n): by the best times, and by processor time.
        let copies: Double?
        let copiesOfProcessorTime: Double?

        init(_ name: String, _ milliseconds: Timing, copy: Timing? = nil) {
            self.name = name
            self.milliseconds = milliseconds
            copies = copy.map { milliseconds.best / $0.best }
            copiesOfProcessorTime = copy.flatMap { copy in
                copy.processor.flatMap { own in milliseconds.processor.map { $0 / own } }
            }
        }
    }

    var threads: Int
    var rows: [Row] = []

    /// - Parameters:
    ///   - steps: what the names of the steps to be timed have in common; nil for all.
    ///   - threads: for the network; how many the kernels get is decided by the cores the process may use.
    init(steps: String?, clip: String?, model: InstalledModel?, threads: Int) throws {
        self.threads = threads
        for size in [Size(width: 1920, height: 1080), Size(width: 3840, height: 2160)] {
            for format in [PixelFormat.yuv420(), .yuv420(depth: 10)] {
                for step in Step.all(size, format, spreadBytes: Copying.spreadBytes / 2)
                where steps.map(step.name.contains) ?? true {
                    rows.append(try Self.row(step))
                }
            }
        }
        if let clip { rows += try Self.stages(of: clip) }
        if let model { rows += try Self.network(model, threads: threads) }
    }

    private static func row(_ step: Step) throws -> Row {
        let copying = Copying(byteCount: (step.readBytes + step.writtenBytes) / 2)
        // In turn, so that a busy moment of the machine hits both.
        var (own, copies): ([Timing], [Timing]) = ([], [])
        for _ in 0..<3 {
            own.append(try Timing.of(seconds: 0.2, step.run))
            copies.append(Timing.of(seconds: 0.1, copying.run))
        }
        return Row(step.name, Timing(of: own), copy: Timing(of: copies))
    }

    /// Decoding and encoding a clip, per frame.
    private static func stages(of clip: String) throws -> [Row] {
        let decoder = try ClipDecoder(path: clip)
        var frames: [Frame] = []
        let clock = ContinuousClock()
        var decoding: [Double] = []
        while frames.count < 48 {
            let start = clock.now
            guard let frame = try decoder.nextFrame() else { break }
            decoding.append((clock.now - start) / .milliseconds(1))
            frames.append(frame)
        }
        let info = decoder.info
        let label = "\(info.size.height)p"
        let folder = FileManager.default.temporaryDirectory.appending(path: "matte-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "out.mp4").path
        var options = EncodingOptions()
        options.encoderPreset = "veryfast"
        let video = VideoDescription(
            size: info.size, timeBase: info.timeBase, averageFrameRate: info.averageFrameRate,
            sampleAspectRatio: info.sampleAspectRatio, color: info.color.resolved(for: info.size, format: info.format),
            depth: info.format.depth, wantsAlpha: false, isGray: false)
        let plan = try OutputPlan(path: path, video: video, options: options)
        let writer = try ClipWriter(plan: plan, video: video)
        let start = clock.now
        for frame in frames { try writer.write(frame) }
        _ = try writer.finish()
        let encoding = (clock.now - start) / .milliseconds(1) / Double(max(frames.count, 1))
        decoding.sort()
        return [
            Row("decode H.264, \(label)", Timing(median: decoding[decoding.count / 2], best: decoding[0])),
            Row("encode H.264 veryfast, \(label), mean of \(frames.count)", Timing(median: encoding, best: encoding)),
        ]
    }

    /// The network with its sampling, per frame.
    private static func network(_ model: InstalledModel, threads: Int) throws -> [Row] {
        let frame = Scene(Size(width: 1920, height: 1080), .yuv420()).frame
        return try Engines.names.compactMap { engine in
            guard (try? Engines.make(engine)) != nil else { return nil }
            let network = try MattingNetworks.make(
                model: model, inference: InferenceOptions(engine: engine, threads: threads))
            for _ in 0..<3 { _ = try network.matte(frame) }
            let timing = try Timing.of(seconds: 3) { _ = try network.matte(frame) }
            return Row("\(model.card.name), 1080p, \(engine)", timing)
        }
    }
}
