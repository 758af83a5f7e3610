import Foundation
import Frames
import MatteKit
import Shards
import TestSupport
import Testing

/// Long clips that cannot be cut are one shard, and the plan says why.
struct WholeClipTests {
    private func notices(
        _ fixture: PlanFixture, clips: [String], output: String = "out.mkv", chunkSeconds: Double = 1,
        settings: KeyValuePairs<String, String> = [:]
    ) throws -> [String] {
        var request = fixture.request(
            "plan-\(UUID().uuidString)", settings: fixture.settings(settings), chunkSeconds: chunkSeconds)
        request.clips = clips.enumerated().map { index, clip in
            let output = "\(index)/\(output)"
            return .init(input: clip, output: fixture.folder.path(output), settings: fixture.settings(settings))
        }
        let notices = Notices()
        let plan = try Planner(request, notice: notices.add).make()
        #expect(plan.shardCount == clips.count)
        return notices.all
    }

    @Test(arguments: ["avi", "ts"])
    func aContainerWithoutTimesThatCanBeFoundIsNamed(kind: String) throws {
        let fixture = try PlanFixture(shots: ["mandelbrot"])
        let clips = (0..<3).map { fixture.folder.path("\($0).\(kind)") }
        for clip in clips { try FFmpegTool.run(["-i", fixture.clip, "-c", "copy", "-an", clip]) }
        let said = try notices(fixture, clips: clips)
        #expect(said.count == 1, "\(said)")
        #expect(
            said.first?.hasPrefix("'\(clips[0])' and 2 more clips stay whole, as places in its container (") == true)
    }

    @Test func picturesAreNamed() throws {
        let fixture = try PlanFixture(shots: ["mandelbrot"])
        let pictures = fixture.folder.path("pictures")
        try FileManager.default.createDirectory(atPath: pictures, withIntermediateDirectories: false)
        try FFmpegTool.run(["-i", fixture.clip, "-s", "16x16", pictures + "/%03d.png"])
        let said = try notices(fixture, clips: [pictures])
        #expect(said.count == 1 && said[0].hasPrefix("'\(pictures)' stays whole, as only a file is cut"), "\(said)")
        #expect(try notices(fixture, clips: [pictures], chunkSeconds: 60).isEmpty)
    }

    @Test(arguments: [
        ("frames", "70", "out.mkv", "--frames counts"), ("output-format", "matroska", "out.mkv", "--output-format"),
        ("trimap-from-mask", "true", "out.mkv", "trimaps"), ("background", "blue", "out.avi", "and no avi"),
    ])
    func optionsThatStandAgainstItAreNamed(option: String, value: String, output: String, reason: String) throws {
        let fixture = try PlanFixture(shots: ["mandelbrot"])
        let settings = KeyValuePairs(dictionaryLiteral: (option, value))
        let said = try notices(fixture, clips: [fixture.clip], output: output, settings: settings)
        #expect(said.count == 1, "\(said)")
        #expect(
            said.first?.hasPrefix("'\(fixture.clip)' stays whole, as ") == true && said[0].contains(reason), "\(said)")
        // Of a clip that is not long nobody expects anything.
        let short = try notices(
            fixture, clips: [fixture.clip], output: output, chunkSeconds: 60, settings: settings)
        #expect(short.isEmpty, "\(short)")
    }
}
