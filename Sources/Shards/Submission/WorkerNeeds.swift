public import Frames

/// What one worker is to be given by a scheduler; nil leaves it to the site.
public struct WorkerNeeds: Sendable {
    public var cpus: Int?
    public var gpus: Int?
    public var memoryMebibytes: Int?
    /// Workers at the same time.
    public var parallel: Int?
    /// Further attempts at a shard that ended with exit status 75.
    public var retries = 5
    /// Seconds between the polite end and the other one.
    public var graceSeconds = 60

    public init() {}

    /// Mebibytes of a text such as "8G", "512M" or "1.5T"; plain numbers are mebibytes, as Slurm has it.
    public static func mebibytes(_ text: String) throws(MatteError) -> Int {
        let factors: [Character: Double] = ["K": 1.0 / 1024, "M": 1, "G": 1024, "T": 1_048_576]
        let factor = text.last.flatMap { factors[Character($0.uppercased())] }
        guard let number = Double(factor == nil ? text : String(text.dropLast())), number.isFinite, number > 0,
            number * (factor ?? 1) < 1e9
        else {
            throw MatteError(.usage, "--mem: '\(text)' is not an amount of memory such as 8G or 512M")
        }
        return max(1, Int((number * (factor ?? 1)).rounded(.up)))
    }
}
