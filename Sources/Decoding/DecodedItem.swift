public import FFmpeg
public import Frames

/// What a decoder gives, in order: pictures, and packets of the streams that are copied.
public enum DecodedItem: Sendable {
    case frame(Frame)
    case packet(Packet)
}
