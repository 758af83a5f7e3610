public import Compositing
public import Decoding
public import Encoding
public import Inference
public import Matting
public import Plates

/// Everything `matte run` can be asked for, with its defaults. A program sets the fields; the command line, presets
/// and manifests go through `RunOption` by name, so that one table of names, types and ranges serves them all.
public struct RunOptions: Sendable {
    /// Which of the input's other streams go into the output.
    public enum AudioMode: String, CaseIterable, Sendable {
        /// Audio, subtitles, chapters and metadata as they are.
        case copy
        /// No audio; subtitles, chapters and metadata as they are.
        case none
    }

    /// File, folder of pictures, `frames/%05d.png`, or `-` for stdin.
    public var input: String
    /// File, `frames/%05d.png`, or a folder ending in `/` for PNG pictures.
    public var output: String
    /// A second output with the alpha as full-range grey.
    public var outputAlpha: String?
    /// A third output with the subject's decontaminated colours over black.
    public var outputForeground: String?

    public var decoding = DecodingOptions()
    public var audio = AudioMode.copy

    /// A card's name, or the path of an ONNX file that a card describes.
    public var model = "rvm-mobilenetv3"
    public var inference = InferenceOptions()
    public var matting = MattingOptions()
    public var trimap = TrimapOptions()

    /// A picture or clip of the room without the subject, or "auto" to make one from the input; nil for none.
    public var plate: String?
    public var plateKeep = PlateKeep.objects

    /// Nil: transparent where the output can carry alpha, else green.
    public var background: BackgroundSpec?
    public var fit = BackgroundFit.cover
    public var layout = Layout.composite
    public var alphaMode = AlphaMode.straight

    public var encoding = EncodingOptions()
    /// Re-reads the output and compares it with what was meant to be written.
    public var verifies = false
    /// Credits of each queue between two stages; nil for two, or one where the pictures are large. Changes memory and
    /// speed, never the result.
    public var queueCapacity: Int?

    public init(input: String = "", output: String = "") {
        self.input = input
        self.output = output
    }
}
