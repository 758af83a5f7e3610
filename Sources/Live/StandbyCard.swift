import Compositing
import FFmpeg
import Frames

/// The picture that is shown instead of the camera's. It is made before it is needed, so that nothing can go wrong when
/// it is.
enum StandbyCard {
    /// Dark grey, for a show whose background is the room.
    private static let plain = RGBColor(hex: 0x202428)

    /// - Parameter background: of the show.
    /// - Throws: what opening a file throws.
    static func make(
        _ spec: StandbySpec, background: PreparedBackground, target: RenderTarget, notice: @escaping NoticeHandler
    ) throws -> Frame {
        let behind = try PreparedBackground(
            spec.background ?? background.cardSpec ?? .color(plain), fit: background.fit, size: target.size,
            notice: notice)
        let blank = MattedFrame.blank(target.size)
        let compositor = Compositor(layout: .composite, alphaMode: .straight, target: target)
        let card = try compositor.render(blank, over: behind.background.layer(for: blank))
        guard !spec.text.isEmpty else { return card }
        do {
            return try PictureFilter([drawing(spec.text)]).apply(card).matching(card)
        } catch {
            notice("the standby card has no words: \(error)")
            return card
        }
    }

    private static func drawing(_ text: String) -> String {
        "drawtext=text=\(PictureFilter.escaped(text)):expansion=none:font=Sans:fontcolor=white:fontsize=h/12"
            + ":x=(w-text_w)/2:y=(h-text_h)/2:box=1:boxcolor=black@0.5:boxborderw=12"
    }
}

extension PreparedBackground {
    /// The background where it has nothing of the room in it.
    fileprivate var cardSpec: BackgroundSpec? {
        switch spec {
        case .color, .file: spec
        case .blur, .transparent: nil
        }
    }
}

extension Frame {
    /// - Throws: where a filter has changed what the output is made for.
    fileprivate func matching(_ other: Frame) throws -> Frame {
        guard size == other.size, format == other.format else {
            throw MatteError(.internal, "FFmpeg's drawtext changed \(other.size) \(other.format) to \(size) \(format)")
        }
        return self
    }
}
