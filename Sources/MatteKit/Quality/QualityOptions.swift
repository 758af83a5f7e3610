/// What `matte qc` looks at.
public struct QualityOptions: Sendable {
    /// The mattes: a clip, a folder of pictures, a pattern. Their alpha counts where they have one, else their grey.
    public var clip: String
    /// The clip that was matted: with it, changes at its scene cuts are no faults, and the sheet shows it.
    public var source: String?
    /// Where a picture of the worst frames goes.
    public var contactSheet: String?
    public var overwrite = false

    public init(clip: String) { self.clip = clip }
}
