public import Presets

/// What `matte bulk` is asked for.
public struct BulkOptions: Sendable {
    /// Files, folders, patterns of a shell (`'shoot/*/take*.mp4'`) and of numbered pictures (`frames/%05d.png`).
    public var inputs: [String] = []
    /// Shell patterns that a file found in a folder must match; empty takes the usual kinds of video files.
    public var include: [String] = []
    /// Shell patterns of files to leave out.
    public var exclude: [String] = []
    /// CSV or JSON Lines, one clip a line.
    public var manifest: String?
    /// Folders that are looked at again and again for files that arrive.
    public var watched: [String] = []
    /// For how long an arriving file must not have changed, in seconds, and one that failed, to be called bad.
    public var settleSeconds = 5.0

    /// The folder of the outputs, the journal and the report.
    public var folder: String
    /// How outputs are called; nil for `NamePattern.standard`.
    public var name: String?
    /// For all clips; those of a manifest's line win over them.
    public var settings: [RunSetting] = []

    /// Workers side by side; nil lets the machine decide.
    public var jobs: Int?
    /// Clips longer than one and a half of this are cut at scene cuts into chunks of about this length, where cores
    /// would be idle otherwise. Nil keeps all clips whole.
    public var chunkSeconds: Double? = 60
    /// Whether shots without a cut are cut into chunks too, where the pictures are only nearly the same.
    public var splitsShots = false
    /// How often a clip is tried again that may pass the next time.
    public var retries = 0
    /// After how long a worker that says nothing and uses no processor is ended; nil waits for ever.
    public var stallSeconds: Double? = 1800
    /// The program's version, on which results depend.
    public var version: String
    /// The `matte` to run.
    public var program = "/proc/self/exe"

    public init(folder: String, version: String) {
        self.folder = folder
        self.version = version
    }
}
