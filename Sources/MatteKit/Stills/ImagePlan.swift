import Decoding
import Encoding
import Foundation
import Frames
import Presets

/// Which picture is written where, settled before the first is opened.
struct ImagePlan {
    struct Item {
        let input: String
        let output: String
        let alpha: String?
        let foreground: String?

        var outputs: [String] { [output, alpha, foreground].compactMap { $0 } }
    }

    let items: [Item]
    /// Folders that have to be there.
    let folders: [String]
    /// One picture to one file: its failure is the run's.
    let isSingle: Bool

    /// - Throws: `.usage` where names do not go together, `.badInput` for a folder without pictures.
    init(_ options: ImageOptions) throws {
        guard !options.inputs.contains("-") else {
            throw MatteError(
                .usage, "pictures are read from files, not from standard input", advice: "use `matte run -`")
        }
        guard options.run.encoding.outputFormat == nil else {
            throw MatteError(
                .usage, "--output-format is for containers", advice: "use --format png, jpeg, webp or tiff")
        }
        guard !options.output.isEmpty else {
            throw MatteError(.usage, "no output was given", advice: "say where to write with -o FILE or -o FOLDER")
        }
        let inputs = try options.inputs.flatMap {
            try FileManager.default.isFolder($0) ? PictureFolder.pictures(in: $0) : [$0]
        }
        let namesOneFile = OutputPlan.isPicture(options.output)
        if namesOneFile {
            guard inputs.count == 1, let input = inputs.first else {
                throw MatteError(
                    .usage, "'\(options.output)' is one picture, and there are \(inputs.count) to write",
                    advice: "name a folder, such as '\((options.output as NSString).deletingPathExtension)/'")
            }
            guard options.format == nil else {
                throw MatteError(.usage, "--format is for folders; a file's name says its kind")
            }
            items = [
                Item(
                    input: input, output: options.output, alpha: options.run.outputAlpha,
                    foreground: options.run.outputForeground)
            ]
            folders = []
        } else {
            if inputs.count == 1, !FileManager.default.isFolder(options.output), !options.output.hasSuffix("/"),
                !(options.output as NSString).pathExtension.isEmpty
            {
                throw MatteError(
                    .usage, "'\(options.output)' is no picture that can be written",
                    advice: "end it with .png, .jpg, .webp or .tiff, or with / for a folder")
            }
            items = inputs.map { Self.item($0, options) }
            folders = [options.output, options.run.outputAlpha, options.run.outputForeground].compactMap { $0 }
        }
        isSingle = options.inputs.count == 1 && !FileManager.default.isFolder(options.inputs[0])
        try checkNames()
    }

    private static func item(_ input: String, _ options: ImageOptions) -> Item {
        let name = ((input as NSString).lastPathComponent as NSString)
        let own = PictureFormat(fileExtension: name.pathExtension) ?? .png
        let wantsAlpha = options.run.background ?? .transparent == .transparent && options.run.layout == .composite
        let isFit = options.run.layout == .alpha ? own.keepsMattes : !wantsAlpha || own.keepsAlpha
        let format = options.format ?? (isFit ? own : .png)
        func path(_ folder: String, _ format: PictureFormat) -> String {
            (folder as NSString).appendingPathComponent("\(name.deletingPathExtension).\(format.fileExtension)")
        }
        return Item(
            input: input, output: path(options.output, format),
            alpha: options.run.outputAlpha.map { path($0, .png) },
            foreground: options.run.outputForeground.map { path($0, format) })
    }

    /// Nothing that is read may be written over, and nothing written twice.
    private func checkNames() throws {
        var writers: [String: String] = [:]
        let inputs = Dictionary(
            items.map { (Self.resolved($0.input), $0.input) }, uniquingKeysWith: { first, _ in first })
        for item in items {
            for output in item.outputs {
                let place = Self.resolved(output)
                if let input = inputs[place] {
                    throw MatteError(
                        .usage, "the output '\(output)' is the input '\(input)'",
                        advice: "choose another folder or name")
                }
                if let other = writers.updateValue(item.input, forKey: place) {
                    throw MatteError(
                        .usage, "'\(other)' and '\(item.input)' would both be written to '\(output)'",
                        advice: "rename one of them, or matte them into two folders")
                }
            }
        }
    }

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
}
