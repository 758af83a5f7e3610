import Compositing
import Frames
import Pipeline

/// Renders each matted frame once per output, all over the same background.
final class JobRenderer: FrameRenderer {
    private let background: any Background
    private let compositors: [Compositor]
    private let showsBackground: Bool
    private let quality: QualityWatch?

    init(
        background: any Background, compositors: [Compositor], showsBackground: Bool, quality: QualityWatch? = nil
    ) {
        self.background = background
        self.compositors = compositors
        self.showsBackground = showsBackground
        self.quality = quality
    }

    func render(_ matted: MattedFrame) throws -> [Frame] {
        quality?.add(matted)
        // A blurred or filmed background costs time: not where no output shows it.
        let layer = showsBackground ? try background.layer(for: matted) : .transparent
        return try compositors.map { try $0.render(matted, over: layer) }
    }
}
