import FFmpeg
import Foundation
import Frames

/// What the words for an input mean: a stream, a folder of pictures, or something that FFmpeg opens by itself.
enum InputLocation {
    case media(MediaLocation)
    /// Paths in order.
    case pictures([String])

    /// - Throws: `.noInput` where nothing is there, `.badInput` where it is empty.
    init(_ path: String, options: DecodingOptions) throws(MatteError) {
        func media(_ url: String, format: String? = nil, more: [String: String] = [:]) -> InputLocation {
            .media(
                MediaLocation(
                    url: url, name: path, formatName: options.inputFormat ?? format,
                    options: options.inputOptions.merging(more) { own, _ in own }))
        }
        if path == "-" {
            self = media("pipe:0")
            return
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            if isFolder.boolValue {
                self = .pictures(try PictureFolder.pictures(in: path))
                return
            }
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            if attributes?[.type] as? FileAttributeType == .typeRegular, attributes?[.size] as? Int == 0 {
                throw MatteError(.badInput, "'\(path)' is empty", advice: Demuxer.badFileAdvice)
            }
            // The prefix keeps names with a colon from being taken for URLs.
            self = media("file:\(path)")
        } else if path.contains("://") {
            self = media(path)
        } else if let pattern = PicturePattern(path) {
            guard let first = pattern.firstNumber() else {
                throw MatteError(.noInput, "no picture matches '\(path)'", advice: "check folder and number of digits")
            }
            self = media(path, format: "image2", more: ["start_number": "\(first)"])
        } else {
            throw MatteError(.noInput, "there is no '\(path)'", advice: "check the path")
        }
    }
}
