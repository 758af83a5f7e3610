import Decoding
import Encoding
import Foundation
public import Frames
import Glibc
import MatteKit
import Models
import Presets

/// Makes plans. Reads the headers of clips, and of long ones the pictures near the places where they may be cut.
public struct Planner: Sendable {
    private let request: PlanRequest
    private let isCancelled: @Sendable () -> Bool
    private let notice: NoticeHandler

    /// - Parameters:
    ///   - isCancelled: asked from the planning thread; true ends with `.interrupted` and without a plan.
    ///   - notice: told of what a person should know.
    public init(
        _ request: PlanRequest, isCancelled: @escaping @Sendable () -> Bool = { false },
        notice: @escaping NoticeHandler = { _ in }
    ) {
        (self.request, self.isCancelled, self.notice) = (request, isCancelled, notice)
    }

    /// Writes the plan, all of it or nothing.
    ///
    /// - Parameter outlook: of the first clip, where it is known.
    /// - Throws: `.usage` for options, names and lengths that cannot be; `.noInput`, `.badInput` for an input; and
    ///   `.cannotCreate` where the plan or an output is there already.
    public func make(_ outlook: ClipOutlook? = nil) throws -> ShardPlan {
        guard request.chunkSeconds >= 1, request.checkpointSeconds >= 1 else {
            throw MatteError(
                .usage, "a chunk and its pieces are a second long at least", advice: "choose a longer --chunk")
        }
        guard !request.clips.isEmpty else { throw MatteError(.usage, "no clips were given", advice: "name some") }
        let folder = AbsolutePath.of(request.folder)
        guard !Publication.isTaken(folder) else {
            throw MatteError(
                .cannotCreate, "'\(request.folder)' exists already",
                advice: "choose another name for the plan, or remove it")
        }
        try PlanNames.check(request.clips)
        let cutter = ClipCutter(request: request, isCancelled: isCancelled)
        var surroundings = SurroundingsTable(program: request.program, notice: notice)
        var clips: [PlannedClip] = []
        var shards = 0
        var (shots, whole) = (LongShots(), WholeClips())
        for (index, clip) in request.clips.enumerated() {
            if isCancelled() { throw MatteError(.interrupted, "interrupted", advice: "no plan was made") }
            let planned = try plan(
                clip, index == 0 ? outlook : nil, firstShard: shards, cutter, &surroundings, &shots, &whole)
            shards += planned.shardCount
            clips.append(planned)
        }
        if !request.splitsShots, let words = shots.words { notice(words) }
        for words in whole.words { notice(words) }
        let plan = ShardPlan(
            folder: folder,
            header: ShardPlan.Header(
                program: request.program, clips: clips.count, shards: shards, surroundings: surroundings.all),
            clips: clips)
        try write(plan)
        return plan
    }

    private func plan(
        _ clip: PlanRequest.Clip, _ outlook: ClipOutlook?, firstShard: Int, _ cutter: ClipCutter,
        _ surroundings: inout SurroundingsTable,
        _ shots: inout LongShots, _ whole: inout WholeClips
    ) throws -> PlannedClip {
        let settings = try clip.settings.map { setting in
            let option = try RunOption.named(setting.name, place: "--" + setting.name)
            let isPath = option.fileRead(setting.value) == setting.value || RunSetting.outputs.contains(setting.name)
            return isPath ? RunSetting(name: setting.name, value: AbsolutePath.of(setting.value)) : setting
        }
        var planned = PlannedClip(
            input: AbsolutePath.of(clip.input), output: AbsolutePath.of(clip.output), settings: settings,
            seal: try InputSeal(of: clip.input), surroundings: try surroundings.index(for: settings),
            firstShard: firstShard, chunks: [], clipStart: 0, pieceFrames: 1)
        let cutting = try cutter.cut(
            planned.input, options: try planned.options(), kind: surroundings.kind(for: settings),
            prospect: outlook?.prospect)
        (planned.chunks, planned.clipStart, planned.pieceFrames) = (
            cutting.chunks, cutting.clipStart, cutting.pieceFrames
        )
        planned.expectedFrames = cutting.expectedFrames
        if let reason = cutting.wholeReason { whole.add(clip.input, reason) }
        if let seconds = cutting.longestShotSeconds { shots.add(clip.input, seconds: seconds) }
        return planned
    }

    /// The folder is made under a hidden name and renamed, so that nobody sees half a plan.
    private func write(_ plan: ShardPlan) throws {
        let (parent, name) = PathName.split(plan.folder)
        let hidden = PathName.join(parent, HiddenName.make(for: name))
        func failed(_ code: Int32) -> MatteError { FileFailure.cannotCreate(request.folder, code: code) }
        guard mkdir(hidden, 0o777) == 0 else { throw failed(errno) }
        var isDone = false
        defer { if !isDone { try? FileManager.default.removeItem(atPath: hidden) } }
        for part in ["chunks", "merged"] where mkdir(hidden + "/" + part, 0o777) != 0 { throw failed(errno) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = try encoder.encode(plan.header)
        for clip in plan.clips {
            text.append(UInt8(ascii: "\n"))
            text.append(try encoder.encode(clip))
        }
        text.append(UInt8(ascii: "\n"))
        _ = try Publication.publish(text, as: ShardPlan.file(in: hidden))
        try Rename.folder(hidden, to: plan.folder)
        isDone = true
        Rename.flush(folder: parent)
    }
}
