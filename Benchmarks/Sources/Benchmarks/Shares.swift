import Foundation
import MatteKit

/// What of a clip's processor time is the network's, and what is everything else's: decoding, sampling, rendering and
/// encoding. A run with the network is followed by one that takes its mattes from it, so that both do the same otherwise;
/// starting counts in neither.
struct Shares: Codable {
    /// Processor milliseconds of one frame, medians.
    let frameMilliseconds: Double
    let otherMilliseconds: Double
    let rounds: Int

    init(clip: String, model: InstalledModel, rounds: Int) throws {
        guard let network = try MattingNetworks.make(model: model) as? any AdjustableNetwork else {
            throw MatteError(.usage, "'\(model.card.name)' cannot be told apart from the rest", advice: "try RVM")
        }
        let recorded = RecordedMattes(network)
        let shared = SharedNetwork(recorded, name: model.card.name)
        let folder = FileManager.default.temporaryDirectory.appending(path: "matte-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = RunOptions(input: clip, output: folder.appending(path: "out.mp4").path)
        options.encoding.encoderPreset = "veryfast"
        options.encoding.quality = 23
        options.encoding.overwrite = true
        options.matting.warmUpFrames = 0

        func milliseconds(replays: Bool) throws -> Double {
            recorded.replays = replays
            let start = Timing.processorMilliseconds()
            let summary = try MatteJob(options, network: shared).run()
            return (Timing.processorMilliseconds() - start) / Double(max(summary.pipeline.frames, 1))
        }
        // The first run fits the network to the size.
        _ = try milliseconds(replays: false)
        var (whole, others): ([Double], [Double]) = ([], [])
        for _ in 0..<rounds {
            whole.append(try milliseconds(replays: false))
            others.append(try milliseconds(replays: true))
        }
        self.rounds = rounds
        frameMilliseconds = whole.sorted()[rounds / 2]
        otherMilliseconds = others.sorted()[rounds / 2]
    }
}
