import Decoding
import Encoding
import Presets

/// Why a clip that is long enough to be cut stays whole.
enum WholeReason: Sendable, Hashable {
    /// A folder of pictures, or something that is read from its beginning to its end only.
    case notOneFile
    case inputOptions
    case frameLimit
    case plate
    case trimap
    case outputFormat
    /// A file name's extension.
    case output(String)
    /// FFmpeg's name.
    case container(String)
    case noLength

    /// After "…, as".
    var words: String {
        switch self {
        case .notOneFile: "only a file is cut, that can be read from any place on"
        case .inputOptions: "--input-format and --input-option describe the stream as a whole"
        case .frameLimit: "--frames counts from its beginning"
        case .plate: "a plate is followed through the whole clip"
        case .trimap: "trimaps and strokes are followed through the whole clip"
        case .outputFormat: "chunks are not joined in a container that --output-format asks for"
        case .output(let kind):
            "only \(Self.joined) files are joined from chunks" + (kind.isEmpty ? "" : ", and no \(kind)")
        case .container(let name):
            "places in its container (\(name)) are not found by their time; in MP4, MOV, MKV and WebM they are"
        case .noLength: "its file does not say enough about its times"
        }
    }

    /// Outputs whose pieces can be joined.
    static let outputs: Set<String> = ["mp4", "m4v", "mov", "mkv", "webm"]
    private static let joined = "MP4, M4V, MOV, MKV and WebM"

    /// What of a run's options stands against chunks, whatever the clip.
    init?(_ options: RunOptions, outputExtensions: [String]) {
        if !options.decoding.inputOptions.isEmpty || options.decoding.inputFormat != nil {
            self = .inputOptions
        } else if options.decoding.frameLimit != nil {
            self = .frameLimit
        } else if options.plate != nil {
            self = .plate
        } else if options.trimap.isUsed {
            self = .trimap
        } else if options.encoding.outputFormat != nil {
            self = .outputFormat
        } else if let kind = outputExtensions.first(where: { !Self.outputs.contains($0) }) {
            self = .output(kind)
        } else {
            return nil
        }
    }
}
