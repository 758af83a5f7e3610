public import Presets

/// One clip of many: what goes in, what comes out, and how.
public struct BulkClip: Sendable, Hashable {
    /// As `matte run` takes it: a file, a folder of pictures, a pattern of numbered pictures.
    public let input: String
    /// The main output's path within the run's folder. No two clips have the same, so it names the clip.
    public let name: String
    /// Options of the run; paths of further outputs are within the run's folder too.
    public let settings: [RunSetting]
    /// Size of the input for estimates; 0 where it is not known.
    public let inputBytes: Int

    /// Options whose values are outputs.
    static let outputOptions = ["output-alpha", "output-foreground"]

    /// Paths of all outputs within the run's folder, the main one first.
    var outputNames: [String] {
        var last: [String: String] = [:]
        for setting in settings where Self.outputOptions.contains(setting.name) { last[setting.name] = setting.value }
        return [name] + Self.outputOptions.compactMap { last[$0] }
    }

    /// What decides the pictures: where they go does not.
    var decisive: [RunSetting] { settings.filter { !Self.outputOptions.contains($0.name) } }

    /// Whether a switch is thrown.
    func isOn(_ option: String) -> Bool {
        settings.last { $0.name == option }.map { ["true", "yes", "on"].contains($0.value.lowercased()) } ?? false
    }
}
