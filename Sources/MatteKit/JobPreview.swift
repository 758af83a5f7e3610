import Compositing
import Decoding
import FFmpeg
import Frames
import Pipeline
import Pixels

/// What a job shows: an output, or a preview.
protocol JobPicture: ClipSink {
    var layout: Layout { get }
    var compositor: Compositor { get }
}

/// Source, alpha, foreground and result of a job's last frame, small and in memory.
final class JobPreview: JobPicture, @unchecked Sendable {
    // Sendable: opened and written by the one job that it is given to, read after that job has ended.
    static let titles = ["source", "alpha", "foreground", "result"]
    let layout = Layout.contactSheet
    let copiesStreams = false
    private(set) var compositor: Compositor
    private let cell: Size
    private var last: Frame?

    /// - Parameter cell: the most that one of the four pictures takes.
    init(cell: Size) {
        self.cell = cell
        compositor = Self.makeCompositor(panel: cell)
    }

    /// - Parameter source: size of the job's frames.
    func open(for source: Size) {
        let scale = min(
            Double(cell.width) / Double(source.width), Double(cell.height) / Double(source.height), 1)
        func side(_ length: Int) -> Int { max(1, Int((Double(length) * scale).rounded())) }
        compositor = Self.makeCompositor(panel: Size(width: side(source.width), height: side(source.height)))
    }

    private static func makeCompositor(panel: Size) -> Compositor {
        Compositor(
            layout: .contactSheet, alphaMode: .straight,
            target: RenderTarget(
                size: Compositor.outputSize(for: .contactSheet, source: panel), format: .rgb24, color: .sRGB,
                carriesAlpha: false))
    }

    func write(_ frame: Frame) { last = frame }
    func write(_ packet: Packet) {}
    func finish() {}
    func abandon() { last = nil }

    /// The four pictures; empty where the job failed.
    var panels: [FloatImage] {
        guard let last else { return [] }
        let strip = FrameReader().read(last)
        let panel = Size(width: strip.size.width / Self.titles.count, height: strip.size.height)
        return Self.titles.indices.map { strip.cropped(x: $0 * panel.width, y: 0, to: panel) }
    }
}
