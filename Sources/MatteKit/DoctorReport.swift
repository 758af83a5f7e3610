/// What `Doctor` found.
public struct DoctorReport: Sendable, Codable {
    public struct Encoder: Sendable, Codable {
        /// As `--codec` takes it.
        public let codec: String
        /// FFmpeg's encoder for it; nil where the installed FFmpeg has none.
        public let encoder: String?
    }

    public struct EngineState: Sendable, Codable {
        /// As `--engine` takes it.
        public let name: String
        public let version: String?
        /// The file that was loaded.
        public let library: String?
        /// As `--device` takes them.
        public let devices: [String]
        /// Why it cannot be used, and what to do.
        public let problem: String?
    }

    public struct ModelState: Sendable, Codable {
        public let name: String
        /// "missing", "partial", "verified" or "damaged".
        public let state: String
        public let path: String
    }

    public struct Trial: Sendable, Codable {
        /// As `--engine` takes it.
        public let engine: String
        /// What it ran on.
        public let device: String?
        public let frames: Int
        public let millisecondsPerFrame: Double?
        /// Why it did not run.
        public let problem: String?
    }

    public struct SelfTest: Sendable, Codable {
        public let model: String
        public let width: Int
        public let height: Int
        /// One for each engine that can be used.
        public let trials: [Trial]
        /// Mean difference of alpha between two engines, in code values of 8 bits; nil where fewer than two ran.
        public let meanDifference: Double?
        /// Whether the engines say the same: a mean difference below one code value.
        public let agrees: Bool?
    }

    public let machine: Machine
    /// "libavcodec 59.37.100, …".
    public let ffmpeg: String
    public let encoders: [Encoder]
    public let engines: [EngineState]
    /// What `--engine auto` takes for the CPU; nil where there is none.
    public let automaticEngine: String?
    public let models: [ModelState]
    /// Whether anything reports usage to anybody. Always false: the one library that would is told not to.
    public let telemetry: Bool
    /// Nil where model and engine are not both there.
    public let selfTest: SelfTest?
    /// What keeps a clip from being matted, and what to do about it; nil where nothing does.
    public let obstacle: String?

    /// As JSON with sorted keys.
    public func json() throws -> String { try ReportText.json(self) }
}
