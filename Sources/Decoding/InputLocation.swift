import FFmpeg
import Foundation
import Frames
import Glibc

/// What the words for an input mean: a stream, a folder of pictures, or something that FFmpeg opens by itself.
enum InputLocation {
    case media(MediaLocation)
    /// Paths in order.
    case pictures([String])

    /// - Parameter notice: hears of missing numbers.
    /// - Throws: `.noInput` where nothing is there, `.badInput` where it is empty.
    init(_ path: String, options: DecodingOptions, notice: NoticeHandler) throws(MatteError) {
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
        var information = stat()
        if stat(path, &information) == 0 {
            let kind = information.st_mode & S_IFMT
            if kind == S_IFDIR {
                self = .pictures(try PictureFolder.pictures(in: path))
                return
            }
            if kind == S_IFREG, information.st_size == 0 {
                throw MatteError(.badInput, "'\(path)' is empty", advice: Demuxer.badFileAdvice)
            }
            let location = Self.file(path, name: path)
            self = media(location.url, format: location.formatName, more: location.options)
        } else if path.contains("://") {
            self = media(path)
        } else if let pattern = PicturePattern(path) {
            let numbers = pattern.numbers()
            guard let first = numbers.first else {
                throw MatteError(.noInput, "no picture matches '\(path)'", advice: "check folder and number of digits")
            }
            if let gap = numbers.indices.first(where: { numbers[$0] - first != $0 }) {
                notice("'\(path)' has no number \(first + gap); the pictures after it are left out")
            }
            self = media("file:" + pattern.escaped, format: "image2", more: ["start_number": "\(first)"])
        } else {
            throw MatteError(.noInput, "there is no '\(path)'", advice: "check the path")
        }
    }

    /// A file as FFmpeg is to see it: the prefix keeps names with a colon from being taken for URLs, and a picture
    /// whose name looks like a pattern is still one picture.
    static func file(_ path: String, name: String, analyzes: Bool = true) -> MediaLocation {
        var location = MediaLocation(url: "file:\(path)", name: name, analyzes: analyzes)
        let fileExtension = (path as NSString).pathExtension.lowercased()
        if path.contains("%"), PictureFolder.extensions.contains(fileExtension) {
            location.formatName = "image2"
            location.options = ["pattern_type": "none"]
        }
        return location
    }
}
