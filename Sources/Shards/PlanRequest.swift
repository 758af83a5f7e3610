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

    /// Reads what `write` wrote.
    ///
    /// - Throws: `.badInput` where the file is something else.
    public init(file: String) throws(MatteError) {
        guard let data = FileManager.default.contents(atPath: file),
            let request = try? JSONDecoder().decode(PlanRequest.self, from: data)
        else {
            throw MatteError(.badInput, "'\(file)' asks for no plan", advice: "name clips on the command line")
        }
        self = request
    }

    /// For a planner in another process.
    ///
    /// - Throws: `.cannotCreate` or `.io`.
    public func write(to file: String) throws(MatteError) {
        do {
            try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: file))
        } catch {
            throw MatteError(.io, "'\(file)' cannot be written", advice: "check the folder and the disk")
        }
    }
}
