/// The errors that a matte is judged by when the true one is known, scaled as in the paper of Robust Video Matting
/// (Lin, Yang, Saleemi, Sengupta, WACV 2022, arXiv:2108.11515, section 5.1). 0 means equal; less is better.
public enum Metric: String, CaseIterable, Sendable {
    /// Mean absolute difference of alpha, ×10³.
    case mad
    /// Mean squared error of alpha, ×10³.
    case mse
    /// Gradient error of alpha, ÷10³.
    case grad
    /// Connectivity error of alpha, ÷10³.
    case conn
    /// Temporal error of alpha, ×10².
    case dtssd
    /// Sum of absolute differences of alpha, ÷10³.
    case sad
    /// Mean squared error of the subject's colour, ×10³.
    case foregroundMSE = "fgmse"

    /// As papers write it.
    public var title: String {
        switch self {
        case .mad: "MAD"
        case .mse: "MSE"
        case .grad: "Grad"
        case .conn: "Conn"
        case .dtssd: "dtSSD"
        case .sad: "SAD"
        case .foregroundMSE: "Fgr MSE"
        }
    }

    /// What a value is counted in.
    public var unit: String {
        switch self {
        case .mad, .mse, .foregroundMSE: "1/1000"
        case .dtssd: "1/100"
        case .grad, .conn, .sad: "1000"
        }
    }
}
