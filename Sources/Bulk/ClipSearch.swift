internal import Decoding
internal import Frames
internal import Glibc

/// What the inputs on the command line mean.
struct ClipSearch {
    struct Found: Hashable {
        let path: String
        /// The folders between the input that was asked for and the clip; outputs keep them.
        let folder: String
    }

    private(set) var clips: [Found] = []
    /// Inputs that are not there or cannot be looked at. They stop nothing.
    private(set) var problems: [MatteError] = []
    /// Folders that links lead to a second time, as in a loop.
    private(set) var repeated: [String] = []
    /// Folders with a journal, below those that were asked for.
    private(set) var journals: [String] = []
    /// Plans that were left out, below folders that were asked for.
    private(set) var plans: [String] = []
    private let filter: ClipFilter
    private let excluded: FileKey?
    private var known: Set<Found> = []

    /// - Parameter excluded: the folder of the outputs, which is not searched when it lies in another.
    init(filter: ClipFilter = ClipFilter(), excluded: FileKey? = nil) {
        self.filter = filter
        self.excluded = excluded
    }

    mutating func add(_ input: String) {
        if let key = FileKey(input) {
            if key.isFolder { addFolder(input, below: "") } else { add(input, folder: "") }
        } else if input.contains(where: { "*?[".contains($0) }) {
            addMatches(of: input)
        } else {
            do throws(MatteError) {
                // A pattern of numbered pictures, an address, or nothing.
                _ = try InputFiles.paths(of: input)
                add(input, folder: "")
            } catch {
                problems.append(error)
            }
        }
    }

    private mutating func add(_ path: String, folder: String) {
        let found = Found(path: path, folder: folder)
        if known.insert(found).inserted { clips.append(found) }
    }

    private mutating func addFolder(_ path: String, below folder: String) {
        let walk = FolderWalk(path, filter: filter, excluded: excluded)
        problems += walk.problems
        repeated += walk.repeated
        journals += walk.journals
        plans += walk.plans
        for clip in walk.clips {
            add(FileName.join(path, clip), folder: FileName.join(folder, FileName(clip).folder))
        }
    }

    /// A quoted pattern keeps the structure below the folders that it names without wildcards.
    private mutating func addMatches(of pattern: String) {
        var matches = glob_t()
        defer { globfree(&matches) }
        guard glob(pattern, GLOB_NOSORT, nil, &matches) == 0 else {
            problems.append(MatteError(.noInput, "nothing matches '\(pattern)'", advice: "check the path"))
            return
        }
        let fixed = FileName(String(pattern.prefix { !"*?[".contains($0) }) + "x").folder
        var paths: [String] = []
        for index in 0..<Int(matches.gl_pathc) {
            guard let bytes = matches.gl_pathv[index] else { continue }
            if let path = String(validatingCString: bytes) {
                paths.append(path)
            } else {
                problems.append(
                    MatteError(
                        .badInput, "the name '\(FolderWalk.visible(bytes))' is not valid UTF-8",
                        advice: "rename it, or link to it"))
            }
        }
        for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let start = fixed.isEmpty || fixed == "/" ? fixed : fixed + "/"
            let relative = path.hasPrefix(start) ? String(path.dropFirst(start.count)) : FileName(path).name
            if FileKey(path)?.isFolder == true {
                addFolder(path, below: relative)
            } else {
                add(path, folder: FileName(relative).folder)
            }
        }
    }
}
