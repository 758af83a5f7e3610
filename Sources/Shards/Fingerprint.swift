import FFmpeg
public import Frames
import MatteKit
import Models
public import Presets

/// What a result depends on, as one SHA-256: the input's bytes, every option that decides about pictures, the bytes of
/// the files that options name, the network's file, and the program's version. Equal fingerprints mean equal pictures.
public struct Fingerprint: Sendable, Hashable, Codable {
    /// 64 hexadecimal digits.
    public let sha256: String

    /// - Parameters:
    ///   - content: `ContentDigest.sha256` of the input.
    ///   - settings: in order; how often or in which order they were said does not matter where the meaning is the same.
    ///   - surroundings: what the options lead to.
    /// - Throws: `.usage` for an unknown option.
    public init(content: String, settings: [RunSetting], surroundings: Surroundings) throws {
        let sum = try RunningSHA256()
        func add(_ part: String, _ text: String) {
            // Lengths in front keep one list of texts from reading like another one.
            let line = Array("\(part) \(text.utf8.count) \(text)\n".utf8)
            line.withUnsafeBytes { sum.update($0) }
        }
        add("program", surroundings.program)
        add("model", surroundings.model)
        add("input", content)
        for setting in try settings.canonical() where setting.decidesPictures {
            add("option", setting.name)
            add("value", setting.value)
        }
        for file in surroundings.files { add("file", file) }
        sha256 = sum.finish()
    }

    /// What the options of a run lead to besides its input. The same for all clips with the same options, so it is
    /// looked at once for many.
    public struct Surroundings: Sendable, Hashable, Codable {
        /// The program's version.
        public let program: String
        /// SHA-256 of the network's file, as its card says. The file is checked against it whenever it is loaded.
        public let model: String
        /// SHA-256 of each file that an option names, in the options' order.
        public let files: [String]

        /// - Throws: `.usage` for options that are none, `.missingPart` where the network's file is not there, `.noInput`
        ///   where another file is not.
        public init(of settings: [RunSetting], program: String, notice: @escaping NoticeHandler = { _ in }) throws {
            var options = RunOptions()
            try settings.apply(to: &options)
            self.program = program
            model = try ModelStore(catalog: ModelCatalog(notice: notice)).model(options.model).card.sha256
            files = try settings.filesRead().map { try ContentDigest(of: $0).sha256 }
        }
    }
}
