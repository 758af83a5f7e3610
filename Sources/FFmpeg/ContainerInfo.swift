internal import CFFmpeg
public import Frames

/// What a file says about itself as a whole.
public struct ContainerInfo: Sendable {
    /// A named part of the clip.
    public struct Chapter: Sendable {
        public let id: Int64
        /// Ticks of `timeBase`.
        public var start: Int64
        public var end: Int64
        public let timeBase: Rational
        public let metadata: [(key: String, value: String)]
    }

    /// FFmpeg's demuxer name ("mov,mp4,m4a,3gp,3g2,mj2").
    public let formatName: String
    /// Title, artist and the like, in the file's order.
    public let metadata: [(key: String, value: String)]
    public var chapters: [Chapter]

    /// An input that is no container: a folder of pictures.
    public init(formatName: String) {
        self.formatName = formatName
        metadata = []
        chapters = []
    }

    init(_ context: UnsafeMutablePointer<AVFormatContext>) {
        formatName = context.pointee.iformat.map { String(cString: $0.pointee.name) } ?? ""
        metadata = Metadata.entries(context.pointee.metadata)
        chapters = (0..<Int(context.pointee.nb_chapters)).compactMap { index in
            guard let chapter = context.pointee.chapters?[index] else { return nil }
            return Chapter(
                id: chapter.pointee.id, start: chapter.pointee.start, end: chapter.pointee.end,
                timeBase: Rational(chapter.pointee.time_base), metadata: Metadata.entries(chapter.pointee.metadata))
        }
    }
}
