public import Frames
public import Trimaps

/// What a person says of the picture beforehand, and how alpha is found from it.
public struct TrimapOptions: Sendable, Hashable {
    /// A picture, a folder of pictures or a video: trimaps, or masks with `isFromMask`.
    public var path: String?
    /// Likewise with strokes on a transparent layer; they win over the trimap.
    public var strokes: String?
    /// A trimap is made around the edge of a mask: that of `path`, or without one of what the model sees.
    public var isFromMask = false
    /// How far the unknown band reaches to either side of the mask's edge; nil for a hundredth of the longer side.
    public var bandPixels: Int?
    /// Nil: the network where the model is one for trimaps, else closed-form.
    public var algorithm: MattingAlgorithm?

    public init() {}

    /// Whether a trimap is asked for in any way.
    public var isUsed: Bool { path != nil || strokes != nil || isFromMask }

    /// - Throws: `.usage` for options that have nothing to work on.
    public func validate() throws(MatteError) {
        if bandPixels != nil, !isFromMask {
            throw MatteError(
                .usage, "--band is the width of the trimap made from a mask", advice: "add --trimap-from-mask")
        }
        if let algorithm, !isUsed {
            throw MatteError(
                .usage, "--algorithm \(algorithm.rawValue) needs a trimap",
                advice: "give one with --trimap, --strokes or --trimap-from-mask")
        }
        for path in [path, strokes] where path == "-" {
            throw MatteError(.usage, "a trimap cannot come from standard input", advice: "name a file")
        }
    }
}
