import Compositing
import FFmpeg
import Frames

/// The picture that is shown instead of the camera's. It is made before it is needed, so that nothing can go wrong when
/// it is.
struct StandbyCard {
    /// Dark grey, for a show whose background is the room.
    private static let plain = RGBColor(hex: 0x202428)

    private let blank: Frame
    private let notice: NoticeHandler

    /// - Parameters:
    ///   - behind: the show's background.
    ///   - fit: of a picture or video.
    /// - Throws: what opening a file throws.
    init(
        _ spec: StandbySpec, behind: BackgroundSpec, fit: BackgroundFit, target: RenderTarget,
        notice: @escaping NoticeHandler
    ) throws {
        let prepared = try PreparedBackground(
            spec.background ?? behind.withoutRoom ?? .color(Self.plain), fit: fit, size: target.size, notice: notice)
        let nobody = MattedFrame.blank(target.size)
        let compositor = Compositor(layout: .composite, alphaMode: .straight, target: target)
        blank = try compositor.render(nobody, over: prepared.background.layer(for: nobody))
        self.notice = notice
    }

    /// The card with words in its middle.
    func saying(_ text: String) -> Frame {
        guard !text.isEmpty else { return blank }
        do {
            return try PictureFilter([Self.drawing(text)]).apply(blank).matching(blank)
        } catch {
            notice("the standby card has no words: \(error)")
            return blank
        }
    }

    private static func drawing(_ text: String) -> String {
        "drawtext=text=\(PictureFilter.escaped(text)):expansion=none:font=Sans:fontcolor=white:fontsize=h/12"
            + ":x=(w-text_w)/2:y=(h-text_h)/2:box=1:boxcolor=black@0.5:boxborderw=12"
    }
}

extension BackgroundSpec {
    /// The background where it has nothing of the room in it.
    fileprivate var withoutRoom: BackgroundSpec? {
        switch self {
        case .color, .file: self
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
