internal import Frames

/// What other runs made in folders below the inputs: mattes of clips that are inputs themselves, mostly.
struct EarlierResults {
    private var folders: [String: (journal: FileState, results: [String])] = [:]

    /// Paths as they resolve, of all results in folders with a journal. A journal is read again when it was written.
    ///
    /// A file of that name that is no journal says nothing.
    mutating func paths(in journals: [String], _ resolved: inout ResolvedPaths) -> Set<String> {
        var paths: Set<String> = []
        for folder in journals {
            guard let state = FileState(of: FileName.join(folder, Journal.fileName)) else { continue }
            if folders[folder]?.journal != state {
                let results = (try? Journal.reading(in: folder, notice: { _ in }))?.results ?? []
                folders[folder] = (state, results.map { resolved.of(FileName.join(folder, $0)) })
            }
            paths.formUnion(folders[folder]?.results ?? [])
        }
        return paths
    }
}
