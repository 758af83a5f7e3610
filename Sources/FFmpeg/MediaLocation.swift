/// Where a demuxer reads from.
public struct MediaLocation: Sendable {
    /// A path, an URL, a pattern for `image2`, or `pipe:0`.
    public var url: String
    /// What messages call it: the words of the person who asked.
    public var name: String
    /// FFmpeg's demuxer name; nil lets FFmpeg look at the data.
    public var formatName: String?
    /// Options of the demuxer and of the protocol below it.
    public var options: [String: String]
    /// Whether packets are looked at, and decoded if need be, before the first is given. Without it sizes, rates and
    /// formats are unknown until a picture is decoded: enough for single pictures, which it would decode twice.
    public var analyzes: Bool

    public init(
        url: String, name: String? = nil, formatName: String? = nil, options: [String: String] = [:],
        analyzes: Bool = true
    ) {
        self.url = url
        self.name = name ?? url
        self.formatName = formatName
        self.options = options
        self.analyzes = analyzes
    }
}
