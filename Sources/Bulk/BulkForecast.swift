internal import Frames

/// What a bulk run would do about one clip.
public struct BulkForecast: Sendable, Codable {
    public let input: String
    /// Paths as they would be written, the main one first.
    public let outputs: [String]
    /// Whether it would be done; false for what is done already.
    public let isToDo: Bool
    /// "new", "the input changed", …; "done" where nothing is to do.
    public let reason: String

    init(_ clip: BulkClip, folder: String, decision: Decision) {
        input = clip.input
        outputs = clip.outputNames.map { FileName.join(folder, $0) }
        switch decision {
        case .skip, .adopt: (isToDo, reason) = (false, "done")
        case .run(let why): (isToDo, reason) = (true, why.rawValue)
        }
    }
}

extension BulkRun {
    /// What `run` would do, without writing anything.
    public func forecast() throws -> [BulkForecast] {
        let histories = try Journal.reading(in: options.folder, notice: notice).histories
        let decisions = Decisions(
            folder: options.folder, fingerprints: Fingerprints(version: options.version, notice: notice))
        for problem in plan.problems { notice(problem.description) }
        return plan.clips.map {
            BulkForecast($0, folder: options.folder, decision: decisions.decide($0, histories[$0.name]))
        }
    }
}
