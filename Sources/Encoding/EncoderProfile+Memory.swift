internal import FFmpeg
internal import Frames

extension EncoderProfile {
    /// From this many pixels on, an encoder's pictures decide what a run takes of memory.
    private static let largePixelCount = 4_000_000

    /// x264 keeps pictures for each of its threads, of which it takes one and a half a core, and more for a thread that
    /// looks ahead: 20 to 40 MB each at 3840×2160. The cores are as busy without, and what is written is as good.
    static func memoryOptions(encoder: EncoderCapabilities, size: Size) -> [(String, String)] {
        guard encoder.name == "libx264", size.pixelCount > largePixelCount else { return [] }
        return [("threads", String(Processor.coreCount)), ("x264-params", "sync-lookahead=0")]
    }
}
