import ArgumentParser
import Live
import MatteKit

struct LivePictureArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "blur[:RADIUS], a colour (#RRGGBB or a CSS name), a picture or a video. (default: #78FF9B)",
            valueName: "spec"))
    var background: String?

    @Option(
        help: ArgumentHelp(
            "How a picture or video fills the frame: cover, contain, stretch or tile. (default: cover)",
            valueName: "mode"))
    var fit: String?

    @Flag(help: "Turn the camera's picture left to right.")
    var mirror = false

    @Option(
        help: ArgumentHelp(
            "What the standby card shows: background, a colour or a picture. (default: background)",
            valueName: "spec"))
    var standby: String?

    @Option(
        help: ArgumentHelp("Words on the standby card; \"\" for none. (default: Back in a moment)", valueName: "text"))
    var standbyText: String?

    var settings: [Setting] { [Setting](["background": background, "fit": fit]) }

    func apply(to card: inout StandbySpec) throws {
        if let standby { try card.setBackground(parsing: standby) }
        if let standbyText { card.text = standbyText }
    }
}
