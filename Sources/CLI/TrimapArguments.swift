import ArgumentParser

struct TrimapArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Solve alpha from this trimap (0 drop, 128 unknown, 255 keep): one picture for all, a folder or a video.",
            valueName: "file"))
    var trimap: String?

    @Option(
        help: ArgumentHelp(
            "Solve alpha from strokes: white keeps, black drops, transparent is unknown.", valueName: "file"))
    var strokes: String?

    @Flag(help: "Make the trimap around a mask's edge: the mask of --trimap, or else what the model sees.")
    var trimapFromMask = false

    @Option(
        help: ArgumentHelp(
            "How far the unknown band reaches from the mask's edge. (default: 1/100 of the longer side)",
            valueName: "pixels"))
    var band: String?

    @Option(
        help: ArgumentHelp(
            "What solves a trimap: closed-form, bayesian or knn. (default: the model if it takes trimaps, else closed-form)",
            valueName: "name"))
    var algorithm: String?

    var settings: [Setting] {
        [Setting](["trimap": trimap, "strokes": strokes, "band": band, "algorithm": algorithm])
            + .flag("trimap-from-mask", trimapFromMask)
    }
}
