public import Frames

/// Finds alpha where a trimap does not know it. Used by one thread at a time.
public protocol AlphaSolver: AnyObject {
    /// What it is called in reports ("closed-form", a model's name).
    var name: String { get }

    /// - Parameters:
    ///   - picture: R'G'B', three channels.
    ///   - trimap: of the picture's size, with at least one known pixel.
    /// - Returns: one channel of the picture's size, 0…1, exactly 0 and 1 where the trimap knows.
    func alpha(of picture: FloatImage, trimap: Trimap) throws -> FloatImage
}

/// The methods that need no network.
public enum MattingAlgorithm: String, CaseIterable, Sendable {
    case closedForm = "closed-form"
    case bayesian
    case knn

    public func makeSolver() -> any AlphaSolver {
        switch self {
        case .closedForm: ClosedFormMatting()
        case .bayesian: BayesianMatting()
        case .knn: KNNMatting()
        }
    }
}
