internal import Foundation
internal import MatteKit
internal import Shards

/// One line of the journal: something that happened to a clip.
struct JournalEntry: Sendable, Codable {
    enum Event: String, Sendable, Codable {
        /// A worker is about to begin.
        case started
        /// The outputs are under their names.
        case done
        case failed
    }

    /// What a run did, in figures.
    struct Figures: Sendable, Codable {
        var frames: Int
        var wallSeconds: Double
        var framesPerSecond: Double
        var width: Int
        var height: Int
        var engine: String
        var device: String
        var peakMemoryBytes: Int
        /// Nil for a clip that one worker did.
        var chunks: Int?
        /// What should be looked at; nil where nobody judged it.
        var quality: [QualityTally.Mark]?
    }

    let event: Event
    /// `BulkClip.name`: which clip this is about.
    let clip: String
    /// Names of its further outputs; nil where there are none.
    var further: [String]?
    let input: String
    /// Seconds since 1970.
    let time: Int
    let content: ContentDigest
    let fingerprint: Fingerprint
    /// Each output before (`started`) or after (`done`, `failed`) the work; nil where there was none.
    let outputs: [FileState?]
    var figures: Figures?
    /// What people should know about a clip that is done, or why it failed.
    var words: [String] = []
    var exitStatus: Int32?
    /// "SIGSEGV": what killed the worker.
    var signal: String?
    /// Attempts so far in that run, this one included.
    var attempt = 1
}

extension JournalEntry {
    /// Something that happens now.
    init(
        _ event: Event, of clip: BulkClip, content: ContentDigest, fingerprint: Fingerprint, outputs: [FileState?],
        attempt: Int
    ) {
        let further = clip.furtherNames
        self.init(
            event: event, clip: clip.name, further: further.isEmpty ? nil : further, input: clip.input,
            time: Int(Date().timeIntervalSince1970), content: content, fingerprint: fingerprint, outputs: outputs,
            attempt: attempt)
    }
}

/// What the journal knows of one clip.
struct ClipHistory: Sendable {
    /// The last time it was done.
    private(set) var done: JournalEntry?
    /// A beginning without an end: the run was killed.
    private(set) var open: JournalEntry?
    private(set) var failed: JournalEntry?
    /// Names of all further outputs that it ever had.
    private(set) var further: Set<String> = []

    /// Whether the last that happened was that it was done.
    var isDone: Bool { done != nil && open == nil && failed == nil }

    /// What the input held when it was last looked at.
    var content: ContentDigest? { (open ?? done ?? failed)?.content }

    mutating func add(_ entry: JournalEntry) {
        further.formUnion(entry.further ?? [])
        switch entry.event {
        case .started: open = entry
        case .done: (done, open, failed) = (entry, nil, nil)
        case .failed: (open, failed) = (nil, entry)
        }
    }

    /// Whether output number `index`, which has `state` now, is a product of these runs and may be replaced by a newer
    /// one without being asked.
    func made(_ state: FileState, index: Int) -> Bool {
        func had(_ entry: JournalEntry?) -> FileState? {
            guard let entry, entry.outputs.indices.contains(index) else { return nil }
            return entry.outputs[index]
        }
        if had(done) == state || had(failed) == state { return true }
        // Published by a worker whose end was not seen.
        return open != nil && had(open) != state
    }
}
