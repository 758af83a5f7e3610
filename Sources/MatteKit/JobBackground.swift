package import Compositing
import Decoding
import Encoding
package import Frames
import Presets

/// Chooses and opens what is put behind the subject.
package enum JobBackground {
    /// The asked-for background, or the default: transparent where the main output can carry alpha, else green.
    static func spec(for options: RunOptions) -> BackgroundSpec {
        if let background = options.background { return background }
        let canCarryAlpha = OutputPlan.canCarryAlpha(path: options.output, options: options.encoding)
        return canCarryAlpha ? .transparent : .color(.screenGreen)
    }

    package static func open(
        _ spec: BackgroundSpec, fit: BackgroundFit, foregroundStart: Double? = nil, isForStill: Bool = false,
        isCancelled: @escaping @Sendable () -> Bool,
        notice: @escaping NoticeHandler
    ) throws -> any Background {
        switch spec {
        case .transparent: return TransparentBackground()
        case .color(let color): return ColorBackground(color)
        case .blur(let radius): return BlurBackground(radius: radius)
        case .file(let path):
            let decoder = try ClipDecoder(path: path, isCancelled: isCancelled, notice: notice)
            guard decoder.info.isStill else {
                if isForStill {
                    notice("the background '\(path)' moves; its first picture is taken for a still")
                }
                return VideoBackground(source: decoder, fit: fit, name: path, foregroundStart: foregroundStart)
            }
            guard let picture = try decoder.nextFrame() else {
                throw MatteError(.badInput, "the background '\(path)' holds no picture")
            }
            return PictureBackground(frame: picture, fit: fit)
        }
    }
}
