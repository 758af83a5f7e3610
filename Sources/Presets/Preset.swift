public import Frames
import Foundation
import Yams

/// A named set of options: a YAML file whose keys are the long names of `matte run`'s options.
public struct Preset: Sendable {
    /// One key of the file.
    public struct Setting: Sendable {
        public let name: String
        public let value: String
        /// Line of the file, from 1.
        public let line: Int
    }

    /// The file's name without its extension.
    public let name: String
    /// What it is for: the key `description`.
    public let summary: String
    public let settings: [Setting]
    /// The YAML as written.
    public let text: String
    /// For errors: the path, or the name of a built-in preset.
    public let origin: String

    /// Parses and checks a preset.
    ///
    /// - Parameter origin: what errors call the file.
    /// - Throws: `MatteError` of kind `.usage` with file, line, key and the values allowed.
    public init(name: String, yaml text: String, origin: String) throws(MatteError) {
        self.name = name
        self.text = text
        self.origin = origin
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            let place = (error as? YamlError).flatMap(Self.line(of:)).map { "\(origin):\($0)" } ?? origin
            throw MatteError(.usage, "\(place): this is not YAML", advice: "write one 'option: value' per line")
        }
        guard let mapping = root?.mapping else {
            throw MatteError(.usage, "\(origin): a preset is a list of 'option: value' lines")
        }
        var summary = ""
        var settings: [Setting] = []
        for (key, value) in mapping {
            let line = key.mark?.line ?? 0
            let name = key.string ?? ""
            let scalars = value.sequence.map { $0.map(\.scalar?.string) } ?? [value.scalar?.string]
            if name == "description" {
                summary = scalars.first.flatMap { $0 } ?? ""
                continue
            }
            let option = try RunOption.named(name, place: "\(origin):\(line)")
            guard !scalars.isEmpty, scalars.count == 1 || option.repeats else {
                throw MatteError(.usage, "\(origin):\(line): \(name) takes one value: \(option.expects)")
            }
            for scalar in scalars {
                guard let scalar else {
                    throw MatteError(.usage, "\(origin):\(line): \(name) is not \(option.expects)")
                }
                settings.append(Setting(name: name, value: scalar, line: line))
            }
        }
        self.summary = summary
        self.settings = settings
        var probe = RunOptions()
        try apply(to: &probe)
    }

    /// Reads a preset file.
    public init(file path: String) throws(MatteError) {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw MatteError(
                .noInput, "cannot read the preset '\(path)'", advice: "'matte presets list' shows the built-in ones")
        }
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        try self.init(name: name, yaml: text, origin: path)
    }

    /// Sets this preset's options; what is set afterwards wins.
    public func apply(to options: inout RunOptions) throws(MatteError) {
        for setting in settings {
            let option = try RunOption.named(setting.name, place: "\(origin):\(setting.line)")
            try option.apply(setting.value, to: &options, place: "\(origin):\(setting.line): \(setting.name)")
        }
    }

    private static func line(of error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }
}
