internal import Frames
internal import Glibc

/// Folders that clips arrive in. They are listed again and again, since no notification works on every storage, and a
/// file is handed on once it has kept still for a while: a copy may take its time.
struct WatchedFolders {
    private struct Candidate {
        var state: FileState
        /// Seconds on the run's clock when it was first seen in this state.
        var since: Double
        var isHandedOn = false
    }

    private static let listingSeconds = 1.0

    private let folders: [String]
    private let options: BulkOptions
    private var candidates: [ClipSearch.Found: Candidate] = [:]
    private var lastListed = -Double.infinity
    private var toldProblems: Set<MatteError> = []

    init(_ options: BulkOptions) throws(MatteError) {
        folders = options.watched
        self.options = options
        for folder in folders where FileKey(folder)?.isFolder != true {
            throw MatteError(.noInput, "there is no folder '\(folder)' to watch", advice: "make it first")
        }
    }

    /// Clips that have arrived, and those that were written again since they were handed on.
    ///
    /// - Parameters:
    ///   - now: seconds on any steady clock.
    ///   - clips: takes what runs made out of what was found.
    ///   - notice: hears once of what cannot be looked at.
    mutating func arrivals(now: Double, clips: (ClipSearch) -> [ClipSearch.Found], notice: NoticeHandler) -> [ClipSearch
        .Found]
    {
        guard now - lastListed >= min(Self.listingSeconds, options.settleSeconds) else { return [] }
        lastListed = now
        var search = ClipSearch(
            filter: ClipFilter(include: options.include, exclude: options.exclude), excluded: FileKey(options.folder))
        for folder in folders { search.add(folder) }
        for problem in search.problems where toldProblems.insert(problem).inserted { notice(problem.description) }
        var arrived: [ClipSearch.Found] = []
        for found in clips(search) {
            guard let state = FileState(of: found.path), state.bytes > 0 else { continue }
            guard var candidate = candidates[found], candidate.state == state else {
                candidates[found] = Candidate(state: state, since: now)
                continue
            }
            guard !candidate.isHandedOn, now - candidate.since >= options.settleSeconds else { continue }
            candidate.isHandedOn = true
            candidates[found] = candidate
            arrived.append(found)
        }
        return arrived
    }
}
