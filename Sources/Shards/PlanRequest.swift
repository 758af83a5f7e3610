import Foundation
public import Frames
public import Presets

/// What `matte plan` is asked for.
public struct PlanRequest: Sendable, Codable {
    public struct Clip: Sendable, Codable {
        /// As `matte run` takes it; no stream.
        public var input: String
        /// A file.
        public var output: String
        /// All other options.
        public var settings: [RunSetting]

        public init(input: String, output: String, settings: [RunSetting]) {
            (self.input, self.output, self.settings) = (input, output, settings)
        }
    }

    /// The plan's folder, which does not exist yet.
    public var folder: String
    public var clips: [Clip]
    /// How long a chunk should be; clips up to one and a half of it stay whole.
    public var chunkSeconds = 60.0
    /// How often the work on a chunk is kept.
    public var checkpointSeconds = 10.0
    /// Whether a shot without a cut may be divided too, where the pictures are only nearly the same.
    public var splitsShots = false
    /// The program's version.
    public var program: String

    public init(folder: String, clips: [Clip], program: String) {
        (self.folder, self.clips, self.program) = (folder, clips, program)
    }

    /// Reads `json`.
    ///
    /// - Throws: `.usage` for something else.
    public init(json: String) throws(MatteError) {
        guard let request = try? JSONDecoder().decode(PlanRequest.self, from: Data(json.utf8)) else {
            throw MatteError(.usage, "this asks for no plan: '\(json)'", advice: "name clips on the command line")
        }
        self = request
    }

    /// An argument for a planner in another process.
    public var json: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }
}
