import MatteKit

/// One option given on the command line.
typealias Setting = RunSetting

extension [Setting] {
    /// Collects what was given; nil stands for an option that was not.
    init(_ given: KeyValuePairs<String, String?>) {
        self = given.compactMap { name, value in value.map { Setting(name: name, value: $0) } }
    }

    /// Repeatable options, one setting each.
    static func each(_ name: String, _ values: [String]) -> [Setting] {
        values.map { Setting(name: name, value: $0) }
    }

    /// A switch that was thrown; nothing where it was not, so that a preset's value stays.
    static func flag(_ name: String, _ isOn: Bool) -> [Setting] {
        isOn ? [Setting(name: name, value: "true")] : []
    }
}
