/// Something that gives frames in order: a clip, a picture, a test pattern. Used by one thread at a time.
public protocol FrameSource: AnyObject {
    /// The next frame, or nil at the end.
    func nextFrame() throws -> Frame?
    /// Starts again at the first frame.
    func rewind() throws
}
