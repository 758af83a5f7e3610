internal import Encoding
internal import Foundation
public import Frames

/// What became of every clip: `report.json` as it is, and `report.html` for people.
public struct BulkReport: Sendable, Codable {
    /// Stands at the beginning of both files, and says that they are ours, which the next run may replace.
    private static let mark = "matte bulk"
    static let jsonName = "report.json"
    static let pageName = "report.html"

    /// "matte bulk" and its version. Of the keys, which are sorted, the first.
    public let about: String
    /// ISO 8601, UTC.
    public let written: String
    /// Of this run.
    public let wallSeconds: Double
    /// All clips that were asked for.
    public let total: Int
    /// Done by this run.
    public let done: Int
    /// Done by earlier ones.
    public let already: Int
    public let failed: Int
    /// Neither done nor failed: the run was stopped before.
    public let waiting: Int
    public let isStopped: Bool
    public let clips: [ClipOutcome]

    init(_ options: BulkOptions, outcomes: [ClipOutcome], total: Int, wallSeconds: Double, isStopped: Bool) {
        about = "\(Self.mark) \(options.version)"
        written = Date().ISO8601Format()
        self.wallSeconds = wallSeconds
        done = outcomes.count { $0.status == .done }
        already = outcomes.count { $0.status == .already }
        failed = outcomes.count { $0.status == .failed }
        let unfound = outcomes.count { $0.outputs.isEmpty }
        self.total = total + unfound
        waiting = max(0, self.total - done - already - failed)
        self.isStopped = isStopped
        clips = outcomes
    }

    /// What the command ends with: nil where everything is done.
    ///
    /// `.interrupted` for a run that was stopped, `.tryAgain` where starting the command again may help, `.badInput` where
    /// it would not.
    public func verdict(folder: String) -> MatteError? {
        let page = FileName.join(folder, Self.pageName)
        let clips = Self.count(of: total)
        if isStopped {
            return MatteError(
                .interrupted, "stopped with \(done + already) of \(clips) done",
                advice: "start the same command again to go on")
        }
        guard failed > 0 else { return nil }
        let again = self.clips.count { $0.isWorthRetrying == true }
        let words = "\(failed) of \(clips) failed"
        guard again > 0 else { return MatteError(.badInput, words, advice: "'\(page)' says why") }
        return MatteError(
            .tryAgain, again == failed ? words : "\(words), \(again) of them perhaps not for good",
            advice: "'\(page)' says why; the same command tries \(again == 1 ? "it" : "them") again")
    }

    /// "1 clip", "2 clips".
    public static func count(of clips: Int) -> String { clips == 1 ? "1 clip" : "\(clips) clips" }

    /// The report replaces an earlier one, but nothing else.
    static func checkPlace(in folder: String) throws(MatteError) {
        for name in [jsonName, pageName] {
            let path = FileName.join(folder, name)
            guard FileState(of: path) != nil else { continue }
            let head = FileHandle(forReadingAtPath: path).flatMap { try? $0.read(upToCount: 4096) } ?? Data()
            guard String(decoding: head, as: UTF8.self).contains(mark) else {
                throw MatteError(
                    .cannotCreate, "'\(path)' is not a report of matte",
                    advice: "choose another folder, or move it away")
            }
        }
    }

    func write(to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let json = String(decoding: try encoder.encode(self), as: UTF8.self)
        try Self.write(json + "\n", to: FileName.join(folder, Self.jsonName))
        let page = ReportPage(self, thumbnails: Thumbnails(folder: folder))
        try Self.write(page.html, to: FileName.join(folder, Self.pageName))
    }

    private static func write(_ text: String, to path: String) throws(MatteError) {
        let file = try PendingFile(target: path, overwrite: true)
        let bytes = Array(text.utf8)
        var failure: MatteError?
        bytes.withUnsafeBytes { bytes in
            do throws(MatteError) { try file.write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        try file.commit()
    }
}
