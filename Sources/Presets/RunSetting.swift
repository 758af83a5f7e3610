public import Frames

/// One option as somebody gave it: a name of `RunOption`'s table and a text. Command line, manifests and plans are lists
/// of these, in the order in which they are applied.
public struct RunSetting: Sendable, Hashable, Codable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Options that change time, memory or what is replaced, but never a picture.
    private static let harmless: Set<String> = ["overwrite", "queue", "threads"]

    /// Options whose values are files that are written.
    public static let outputs: Set<String> = ["output-alpha", "output-foreground"]

    /// Whether results with another value are other results.
    public var decidesPictures: Bool { !Self.harmless.contains(name) }
}

extension [RunSetting] {
    /// Sets the options in order; a later one wins.
    ///
    /// - Parameter place: what errors call an option; on the command line `--name`.
    /// - Throws: `.usage` that names the place, the value and what is expected.
    public func apply(
        to options: inout RunOptions, place: (String) -> String = { "--" + $0 }
    ) throws(MatteError) {
        for setting in self {
            let place = place(setting.name)
            try RunOption.named(setting.name, place: place).apply(setting.value, to: &options, place: place)
        }
    }

    /// The same wishes in one form: sorted by name, and of an option that can be given once only the last.
    public func canonical() throws(MatteError) -> [RunSetting] {
        var values: [String: [String]] = [:]
        for setting in self {
            let option = try RunOption.named(setting.name, place: "--" + setting.name)
            values[setting.name] = (option.repeats ? values[setting.name] ?? [] : []) + [setting.value]
        }
        return values.sorted { $0.key < $1.key }.flatMap { name, values in
            values.map { RunSetting(name: name, value: $0) }
        }
    }

    /// The files that the options name for reading, each once: a background picture, a network's file.
    public func filesRead() throws(MatteError) -> [String] {
        var files: [String] = []
        for setting in try canonical() {
            let option = try RunOption.named(setting.name, place: "--" + setting.name)
            if let file = option.fileRead(setting.value), !files.contains(file) { files.append(file) }
        }
        return files
    }
}
