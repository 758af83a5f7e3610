public import Frames
internal import CFFmpeg

/// A chain of FFmpeg's filters over single pictures: `hflip`, `scale=640:360`, `drawtext=…`. Used by one thread at a
/// time.
///
/// The graph is built at the first picture, and anew for pictures of another size or format.
public final class PictureFilter {
    /// Formats that come out: whatever goes in, filters may only choose among those that a `Frame` can be.
    private static let formats = "format=yuv420p|yuv422p|yuv444p|yuva420p|yuva444p|rgb24|rgba|gbrp|gray"

    private let chain: String
    private var graph: FilterGraph?
    private var bridge: FrameBridge?
    private var input: Input?

    /// What graph and bridge were made for.
    private struct Input: Hashable {
        let size: Size
        let format: PixelFormat
        let color: ColorDescription
    }

    /// - Parameter filters: in FFmpeg's spelling, in order; values by `escaped` where they come from people.
    public init(_ filters: [String]) { chain = (filters + [Self.formats]).joined(separator: ",") }

    /// The filtered picture, with the frame's own times, sample aspect ratio and colour description.
    ///
    /// - Throws: `.internal` with FFmpeg's words where a filter does not exist or cannot be built.
    public func apply(_ frame: Frame) throws -> Frame {
        let bridge = try bridge(for: frame)
        let picture = try Picture(owning: bridge.picture(for: frame))
        do throws(FFmpegError) {
            if graph == nil { graph = try FilterGraph(for: picture.pointer, chain: chain) }
            try graph?.apply(to: picture.pointer)
        } catch {
            graph = nil
            throw error.asMatteError(.internal, advice: nil)
        }
        guard let format = PixelFormat(picture.format),
            var filtered = picture.frame(
                format: format, color: frame.color, timestamp: frame.timestamp,
                sampleAspectRatio: frame.sampleAspectRatio)
        else { throw MatteError(.internal, "FFmpeg's '\(chain)' gave a picture that cannot be read") }
        filtered.duration = frame.duration
        return filtered
    }

    private func bridge(for frame: Frame) throws -> FrameBridge {
        let needed = Input(size: frame.size, format: frame.format, color: frame.color)
        if let bridge, input == needed { return bridge }
        let made = try FrameBridge(frames: frame.size, format: frame.format, color: frame.color)
        (bridge, input, graph) = (made, needed, nil)
        return made
    }

    /// A value as it has to be written in a filter's arguments: quoted once for the filter and once for the chain
    /// (FFmpeg's manual, "Notes on filtergraph escaping").
    public static func escaped(_ value: String) -> String {
        quoted(quoted(value, #"\':"#), #"\'[],;"#)
    }

    private static func quoted(_ text: String, _ special: String) -> String {
        text.reduce(into: "") { result, character in
            if special.contains(character) { result += #"\"# }
            result.append(character)
        }
    }
}
