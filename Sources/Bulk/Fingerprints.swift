internal import Foundation
internal import Frames
internal import Presets
internal import Shards

/// Fingerprints of many clips, most of which share their options. Used by one thread at a time.
final class Fingerprints {
    private let version: String
    private let notice: NoticeHandler
    private var surroundings: [[RunSetting]: Fingerprint.Surroundings] = [:]

    init(version: String, notice: @escaping NoticeHandler) {
        self.version = version
        self.notice = notice
    }

    /// - Throws: `.missingPart` where the network's file is not there, `.noInput` where another file is not.
    func fingerprint(_ clip: BulkClip, content: ContentDigest) throws -> Fingerprint {
        let settings = clip.decisive
        let known =
            try surroundings[settings] ?? Fingerprint.Surroundings(of: settings, program: version, notice: notice)
        surroundings[settings] = known
        return try Fingerprint(content: content.sha256, settings: settings, surroundings: known)
    }

    /// Says before the first clip what would otherwise be said of each.
    ///
    /// - Throws: `.missingPart` where the network's file is not there, `.usage` for a name that nobody knows.
    func checkModel(_ settings: [RunSetting]) throws {
        let model = settings.filter { $0.name == "model" && !$0.value.contains("{") }
        _ = try Fingerprint.Surroundings(of: model, program: version, notice: notice)
    }
}
