import MatteKit

/// One option given on the command line: a name and a text, checked by `RunOption` like a preset's.
struct Setting {
    let name: String
    let value: String
}

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

    func apply(to options: inout RunOptions) throws(MatteError) {
        for setting in self {
            let place = "--\(setting.name)"
            try RunOption.named(setting.name, place: place).apply(setting.value, to: &options, place: place)
        }
    }
}
