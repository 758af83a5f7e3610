/// A part of a clip in ticks of its pictures' time base, as the file counts them: for work that is divided.
public struct ClipSegment: Sendable, Hashable, Codable {
    /// Time of the first picture.
    public var first: Int64
    /// Pictures from here on belong to others; nil for the clip's own end.
    public var end: Int64?
    /// Taken off every time that is delivered; the same for all parts of a clip.
    public var shift: Int64

    public init(first: Int64, end: Int64? = nil, shift: Int64 = 0) {
        self.first = first
        self.end = end
        self.shift = shift
    }
}
