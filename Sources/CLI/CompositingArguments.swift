import ArgumentParser

struct CompositingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            transparent, blur[:RADIUS], a colour (#RRGGBB or a CSS name), a picture or a video. \
            (default: transparent where the output can carry alpha, else #78FF9B)
            """, valueName: "spec"))
    var background: String?

    @Option(
        help: ArgumentHelp(
            "How a picture or video fills the frame: cover, contain, stretch or tile. (default: cover)",
            valueName: "mode"))
    var fit: String?

    @Option(
        help: ArgumentHelp(
            "What the output shows: composite, alpha, foreground, side-by-side or contact-sheet. (default: composite)",
            valueName: "name"))
    var layout: String?

    @Option(
        help: ArgumentHelp("straight or premultiplied colours beside alpha. (default: straight)", valueName: "mode"))
    var alphaMode: String?

    var settings: [Setting] {
        [Setting](["background": background, "fit": fit, "layout": layout, "alpha-mode": alphaMode])
    }
}
