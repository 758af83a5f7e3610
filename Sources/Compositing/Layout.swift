/// What a written picture shows.
public enum Layout: String, CaseIterable, Sendable {
    /// The subject over the background; with a transparent background its colour and alpha.
    case composite
    /// Alpha as grey.
    case alpha
    /// The subject alone: as a transparent composite where the output carries alpha, else over black.
    case foreground
    /// The source to the left and the composite to the right, over a chequerboard where it is transparent.
    case sideBySide = "side-by-side"
    /// Source, alpha, the subject's colours over black, and the composite, next to each other.
    case contactSheet = "contact-sheet"

    /// How many pictures of the source's size lie next to each other.
    var panelCount: Int {
        switch self {
        case .composite, .alpha, .foreground: 1
        case .sideBySide: 2
        case .contactSheet: 4
        }
    }

    /// Whether something of the background is to be seen.
    public var showsBackground: Bool { self != .alpha && self != .foreground }
}

/// How colour stands to alpha in outputs that carry alpha.
public enum AlphaMode: String, CaseIterable, Sendable {
    /// The subject's colour as it is; black where alpha is 0, so that nothing of the room is left in the file.
    case straight
    /// The colour multiplied by alpha.
    case premultiplied
}
