import Decoding
import Foundation
import Frames

/// What the words of `--camera` mean.
enum InputKind: Equatable {
    /// A camera by path, number or part of its name; nil for the first one.
    case camera(String?)
    /// A file, stream or picture sequence.
    case clip(String)

    /// - Parameter fileExists: asked for words that could be a path.
    init(_ text: String?, fileExists: (String) -> Bool = { FileManager.default.fileExists(atPath: $0) }) {
        guard let text else {
            self = .camera(nil)
            return
        }
        let isDevice = text.hasPrefix("/dev/") || Int(text) != nil
        let isClip = text == "-" || text.contains("://") || text.contains("%") || text.contains("/") || fileExists(text)
        self = isClip && !isDevice ? .clip(text) : .camera(text)
    }
}

/// What the words of `--output` mean.
enum OutputKind: Equatable {
    case null
    /// A virtual camera by path, number or part of its label; nil for the first one.
    case virtualCamera(String?)
    case clip(String)

    /// - Parameter hasFormat: `--output-format` was given, so the name needs no extension.
    init(_ text: String?, hasFormat: Bool) {
        guard let text else {
            self = .virtualCamera(nil)
            return
        }
        if text == "null" {
            self = .null
        } else if text.hasPrefix("/dev/video") || Int(text) != nil {
            self = .virtualCamera(text)
        } else if hasFormat || text.contains(".") || text.contains("/") || text == "-" {
            self = .clip(text)
        } else {
            self = .virtualCamera(text)
        }
    }
}
