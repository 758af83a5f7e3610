internal import Shards

/// Looks at the files that a decision rests on.
struct Decisions {
    private let folder: String
    private let fingerprints: Fingerprints

    init(folder: String, fingerprints: Fingerprints) {
        self.folder = folder
        self.fingerprints = fingerprints
    }

    /// An input that cannot be read is for its worker to report.
    func decide(_ clip: BulkClip, _ history: ClipHistory?) -> Decision {
        do {
            return try Decision.decide(clip, history: history, outputs: outputs(clip)) { known in
                let content = try ContentDigest(of: clip.input, known: known)
                return (content, try fingerprints.fingerprint(clip, content: content))
            }
        } catch {
            return .run(.otherInput)
        }
    }

    /// The line that the killed run could not write any more.
    func adopted(_ clip: BulkClip, _ open: JournalEntry) -> JournalEntry {
        JournalEntry(
            .done, of: clip, content: open.content, fingerprint: open.fingerprint, outputs: outputs(clip),
            attempt: open.attempt)
    }

    private func outputs(_ clip: BulkClip) -> [FileState?] {
        clip.outputNames.map { FileState(of: FileName.join(folder, $0)) }
    }
}
