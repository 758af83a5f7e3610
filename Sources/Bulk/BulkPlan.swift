internal import Encoding
public import Frames
internal import Presets

/// What a bulk run is going to do, before anything is read or written: the clips and the names of their outputs.
public struct BulkPlan: Sendable {
    public private(set) var clips: [BulkClip] = []
    /// Inputs that are not there or cannot be looked at; the others go on without them.
    public private(set) var problems: [MatteError] = []
    let folder: String
    private let settings: [RunSetting]
    private let pattern: NamePattern
    private var extensions: [[RunSetting]: OutputExtension] = [:]
    /// Who writes what: paths as they resolve, and the inputs.
    private var writers: [String: String] = [:]
    private let products: Set<String>
    private var resolved = ResolvedPaths()
    private var earlierResults = EarlierResults()
    private var places: [String: Int] = [:]

    /// - Parameter products: paths within the folder that earlier runs made, which are no inputs where they are found.
    /// - Throws: `.usage` for options and names that cannot be, or two outputs of one name; `.badInput` for a manifest
    ///   with wrong lines. Everything that can be known is said before the first clip.
    public init(_ options: BulkOptions, products: Set<String> = [], notice: NoticeHandler = { _ in }) throws(MatteError)
    {
        guard !options.inputs.isEmpty || options.manifest != nil || !options.watched.isEmpty else {
            throw MatteError(.usage, "no clips were given", advice: "name files, folders, --manifest or --watch")
        }
        var probe = RunOptions()
        try options.settings.apply(to: &probe)
        folder = options.folder
        settings = options.settings
        let standard = probe.encoding.codec == "png" ? NamePattern.folders : NamePattern.standard
        var resolved = ResolvedPaths()
        self.products = Set(products.map { resolved.of(FileName.join(options.folder, $0)) })
        self.resolved = resolved
        pattern = try NamePattern(options.name ?? standard, place: "--name")

        var search = ClipSearch(
            filter: ClipFilter(include: options.include, exclude: options.exclude), excluded: FileKey(options.folder))
        for input in options.inputs { search.add(input) }
        problems = search.problems
        for folder in search.repeated { notice("'\(folder)' leads to a folder that was searched already") }
        for folder in search.plans { notice("'\(folder)' is a plan; nothing in it is taken as a clip") }
        if let around = (options.inputs + options.watched).first(where: { self.resolved.isBelow(options.folder, $0) }) {
            notice("'\(options.folder)', where the results go, lies in '\(around)'; nothing in it is taken as a clip")
        }
        let others = earlierResults.paths(in: search.journals, &self.resolved)
        var leftOut: [String] = []
        for found in search.clips {
            let path = self.resolved.of(found.path)
            if others.contains(path) {
                leftOut.append(found.path)
            } else if !self.products.contains(path) {
                try add(found)
            }
        }
        if let first = leftOut.first {
            notice(
                leftOut.count == 1
                    ? "'\(first)' is the result of an earlier run and not taken as a clip; name its folder to take it"
                    : "'\(first)' and \(leftOut.count - 1) more are results of earlier runs and not taken as clips; "
                        + "name their folder to take them")
        }
        if let file = options.manifest { try add(Manifest(file: file), file: file, notice: notice) }
        try checkInputsAreNoOutputs()
    }

    /// Of files that were found while the run goes on, those that no run writes.
    mutating func clips(of search: ClipSearch) -> [ClipSearch.Found] {
        let others = earlierResults.paths(in: search.journals, &resolved)
        return search.clips.filter { found in
            let path = resolved.of(found.path)
            return writers[path] == nil && !products.contains(path) && !others.contains(path)
        }
    }

    /// The clip for a file that arrived, which is new, or was written anew.
    ///
    /// - Throws: `.usage` where another clip has the output's name.
    mutating func clip(for found: ClipSearch.Found) throws(MatteError) -> BulkClip {
        if let place = places[found.path] { return clips[place] }
        return try add(found)
    }

    @discardableResult
    private mutating func add(_ found: ClipSearch.Found) throws(MatteError) -> BulkClip {
        try add(found.path, output: nil, folder: found.folder, more: [], place: nil)
    }

    private mutating func add(_ manifest: Manifest, file: String, notice: NoticeHandler) throws(MatteError) {
        var problems = manifest.problems
        for line in manifest.lines {
            do throws(MatteError) {
                try add(line.input, output: line.output, folder: "", more: line.settings, place: line.place)
            } catch {
                problems.append(error)
            }
        }
        guard let first = problems.first else { return }
        for problem in problems.dropFirst().prefix(20) { notice(problem.description) }
        throw MatteError(
            .badInput,
            problems.count == 1 ? first.message : "\(first.message) (and \(problems.count - 1) more of its lines)",
            advice: first.advice ?? "correct '\(file)'; nothing was begun")
    }

    @discardableResult
    private mutating func add(
        _ input: String, output: String?, folder: String, more: [RunSetting], place: String?
    ) throws(MatteError) -> BulkClip {
        guard input != "-" else {
            throw MatteError(.usage, "standard input is one clip, not many", advice: "use `matte run -`")
        }
        let given = settings + more
        let fileExtension = try self.fileExtension(for: input, given)
        let name = FileName.join(folder, output ?? pattern.name(for: input, fileExtension: fileExtension))
        let filled = given.map { setting in
            let value = NamePattern.filled(setting.value, for: input, fileExtension: fileExtension)
            let isOutput = RunSetting.outputs.contains(setting.name)
            return RunSetting(name: setting.name, value: isOutput ? FileName.join(folder, value) : value)
        }
        let state = FileState(of: input)
        let clip = BulkClip(
            input: input, name: name, settings: try filled.canonical(),
            inputBytes: state?.isRegular == true ? state?.bytes ?? 0 : 0)
        for output in clip.outputNames {
            let path = resolved.of(FileName.join(self.folder, output))
            if let other = writers[path] {
                let words =
                    other == input
                    ? "'\(input)' writes '\(output)' twice" : "'\(other)' and '\(input)' both write '\(output)'"
                throw MatteError(
                    .usage, place.map { "\($0): \(words)" } ?? words,
                    advice: "tell them apart with --name, for example '{name}_matte.{ext}'")
            }
            writers[path] = input
        }
        places[input] = clips.count
        clips.append(clip)
        return clip
    }

    private mutating func fileExtension(for input: String, _ settings: [RunSetting]) throws(MatteError) -> String {
        if extensions[settings] == nil {
            var options = RunOptions()
            try settings.apply(to: &options)
            extensions[settings] = OutputExtension(options)
        }
        return extensions[settings]?.choose(forInput: input) ?? "mp4"
    }

    /// An output over an input would destroy work.
    private mutating func checkInputsAreNoOutputs() throws(MatteError) {
        for clip in clips {
            if let writer = writers[resolved.of(clip.input)] {
                throw MatteError(
                    .usage, "the output of '\(writer)' is the input '\(clip.input)'",
                    advice: "choose another folder with -o, or another --name")
            }
        }
    }
}
