public import Presets

/// What `matte image` is asked for.
public struct ImageOptions: Sendable {
    /// Picture files, and folders of them.
    public var inputs: [String]
    /// A picture's name for one input, else a folder.
    public var output: String
    /// Of the pictures in a folder; nil keeps each input's kind where that can hold the result, else PNG.
    public var format: PictureFormat?
    /// A picture with source, alpha, foreground and result of every input.
    public var contactSheet: String?
    /// How each picture is matted and written; input and output are those above. `outputAlpha` and `outputForeground`
    /// are folders where the output is one; trimaps and strokes may be in folders too, by the pictures' names.
    public var run: RunOptions

    public init(inputs: [String], output: String, run: RunOptions = RunOptions()) {
        self.inputs = inputs
        self.output = output
        self.run = run
    }
}
