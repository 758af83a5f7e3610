import Frames
import MatteKit
import Models
import Presets

/// What options lead to, looked at once for all clips that have the same.
struct SurroundingsTable {
    private(set) var all: [Fingerprint.Surroundings] = []
    private var indices: [[RunSetting]: Int] = [:]
    private var kinds: [[RunSetting]: ModelCard.Kind] = [:]
    private let program: String
    private let notice: NoticeHandler

    init(program: String, notice: @escaping NoticeHandler) { (self.program, self.notice) = (program, notice) }

    mutating func index(for settings: [RunSetting]) throws -> Int {
        let key = settings.filter { !RunSetting.outputs.contains($0.name) }
        if let index = indices[key] { return index }
        let found = try Fingerprint.Surroundings(of: settings, program: program, notice: notice)
        let index = all.firstIndex(of: found) ?? all.count
        if index == all.count { all.append(found) }
        indices[key] = index
        return index
    }

    /// Whether the network remembers.
    mutating func kind(for settings: [RunSetting]) throws -> ModelCard.Kind {
        let key = settings.filter { $0.name == "model" }
        if let kind = kinds[key] { return kind }
        var options = RunOptions()
        try key.apply(to: &options)
        let kind = try ModelStore(catalog: ModelCatalog()).model(options.model).card.kind
        kinds[key] = kind
        return kind
    }
}
