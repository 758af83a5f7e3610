public import Foundation
public import Frames

/// Where presets come from: built into the program, then `~/.config/matte/presets/`, then any file.
public struct PresetLibrary: Sendable {
    private let userFolder: URL

    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let config = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(home)/.config"
        userFolder = URL(fileURLWithPath: config).appending(path: "matte/presets")
    }

    /// Names and texts of the presets that the program carries.
    private static let builtIn: [(name: String, yaml: [UInt8])] = [
        ("alpha-only", PackageResources.alpha_only_yaml),
        ("blur-background", PackageResources.blur_background_yaml),
        ("green-screen-free", PackageResources.green_screen_free_yaml),
        ("id-photo-white", PackageResources.id_photo_white_yaml),
        ("png-sequence", PackageResources.png_sequence_yaml),
        ("prores4444", PackageResources.prores4444_yaml),
        ("webm-alpha", PackageResources.webm_alpha_yaml),
    ]

    /// All presets by name; a user's preset hides a built-in one of the same name.
    ///
    /// - Parameter notice: hears of files of the user's that are no presets; they are left out.
    public func all(notice: NoticeHandler = { _ in }) throws(MatteError) -> [Preset] {
        var presets: [String: Preset] = [:]
        for (name, yaml) in Self.builtIn { presets[name] = try Self.builtIn(name, yaml) }
        for path in userFiles() {
            do throws(MatteError) {
                let preset = try Preset(file: path)
                presets[preset.name] = preset
            } catch {
                notice(error.description)
            }
        }
        return presets.values.sorted { $0.name < $1.name }
    }

    /// The preset called `name`, or the one in the file of that path.
    public func preset(_ nameOrPath: String) throws(MatteError) -> Preset {
        if Self.isPath(nameOrPath) { return try Preset(file: nameOrPath) }
        let files = userFiles()
        func name(of path: String) -> String { URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent }
        if let path = files.first(where: { name(of: $0) == nameOrPath }) { return try Preset(file: path) }
        if let (name, yaml) = Self.builtIn.first(where: { $0.name == nameOrPath }) {
            return try Self.builtIn(name, yaml)
        }
        let guess = Spelling.nearest(to: nameOrPath, among: Self.builtIn.map(\.name) + files.map(name(of:)))
        throw MatteError(
            .usage, "there is no preset '\(nameOrPath)'",
            advice: guess.map { "did you mean '\($0)'?" } ?? "'matte presets list' shows them")
    }

    /// Whether a text means a file and not a preset's name.
    public static func isPath(_ nameOrPath: String) -> Bool {
        nameOrPath.contains("/") || nameOrPath.hasSuffix(".yaml") || nameOrPath.hasSuffix(".yml")
    }

    private static func builtIn(_ name: String, _ yaml: [UInt8]) throws(MatteError) -> Preset {
        try Preset(name: name, yaml: String(decoding: yaml, as: UTF8.self), origin: "preset '\(name)'")
    }

    private func userFiles() -> [String] {
        let files = try? FileManager.default.contentsOfDirectory(at: userFolder, includingPropertiesForKeys: nil)
        return (files ?? []).filter { ["yaml", "yml"].contains($0.pathExtension) }.map(\.path).sorted()
    }
}
