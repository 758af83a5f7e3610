import Encoding
import Foundation
import Frames
import Glibc
import Presets

/// Whether the names of many clips' outputs can be: nothing is written twice, over an input, or over what is there.
enum PlanNames {
    static func check(_ clips: [PlanRequest.Clip]) throws(MatteError) {
        var folders: [String: String] = [:]
        // Links of the folders followed; each folder is looked up once, however many clips lie in it.
        func resolved(_ path: String) -> String {
            let (folder, name) = PathName.split(AbsolutePath.of(path))
            let real = folders[folder] ?? URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
            folders[folder] = real
            return real + "/" + name
        }
        var inputs: Set<String> = []
        for clip in clips { inputs.insert(resolved(clip.input)) }
        var writers: [String: String] = [:]
        for clip in clips {
            var options = RunOptions(input: clip.input, output: clip.output)
            try clip.settings.apply(to: &options)
            for output in options.outputs {
                try checkKind(output)
                let path = resolved(output)
                if let other = writers.updateValue(clip.input, forKey: path) {
                    throw MatteError(
                        .usage, "'\(other)' and '\(clip.input)' both write '\(output)'",
                        advice: "give each a name of its own")
                }
                guard !inputs.contains(path) else {
                    throw MatteError(.usage, "the output '\(output)' is an input", advice: "choose another name for it")
                }
                if !options.encoding.overwrite, Publication.isTaken(output) { throw FileFailure.exists(output) }
            }
        }
    }

    /// Numbered pictures and streams have no one file that workers could hand over.
    private static func checkKind(_ output: String) throws(MatteError) {
        let name = PathName.split(output).name
        let isPicture = ["png", "jpg", "jpeg", "webp", "tif", "tiff"].contains(PathName.fileExtension(name))
        let isNumbered = isPicture && name.contains(/%[0-9]*d/)
        guard !name.isEmpty, output != "-", !output.hasPrefix("/dev/"), !isNumbered else {
            throw MatteError(
                .usage, "'\(output)' is no file, and workers hand over files",
                advice: "choose a file such as .mov or .mkv")
        }
    }
}
