/// A kind of picture file that can be written.
public enum PictureFormat: String, CaseIterable, Sendable {
    case png
    case jpeg
    case webp
    case tiff

    /// The kind whose files' names end in this, in small or capital letters.
    public init?(fileExtension: String) {
        switch fileExtension.lowercased() {
        case "png": self = .png
        case "jpg", "jpeg": self = .jpeg
        case "webp": self = .webp
        case "tif", "tiff": self = .tiff
        default: return nil
        }
    }

    /// Of a new file's name.
    var fileExtension: String { self == .jpeg ? "jpg" : rawValue }
    var keepsAlpha: Bool { self != .jpeg }
    /// Whether a matte stays as it is, bit by bit.
    var keepsMattes: Bool { self == .png || self == .tiff }
}
