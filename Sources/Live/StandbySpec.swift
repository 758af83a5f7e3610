public import Compositing
import Frames

/// What the standby card shows.
public struct StandbySpec: Sendable, Hashable {
    /// Behind the words; nil for the show's own background.
    public var background: BackgroundSpec?
    /// Empty for none.
    public var text = "Back in a moment"

    public init() {}

    /// Takes what `--standby` takes: `background`, a colour, or a picture.
    ///
    /// - Throws: `.usage` for what would show the room, or nothing.
    public mutating func setBackground(parsing text: String) throws {
        if text.lowercased() == "background" {
            background = nil
            return
        }
        let spec: BackgroundSpec
        do {
            spec = try BackgroundSpec(parsing: text)
        } catch let error as MatteError {
            throw MatteError(error.kind, "--standby: \(error.message)", advice: error.advice)
        }
        switch spec {
        case .color, .file: background = spec
        case .blur, .transparent:
            throw MatteError(
                .usage, "--standby: '\(text)' is not a card", advice: "give background, a colour or a picture")
        }
    }
}
