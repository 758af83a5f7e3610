import Foundation

/// The computer, as far as it decides how fast networks run.
public struct Machine: Sendable, Codable {
    /// "AMD EPYC"; nil where the system does not say.
    public let processor: String?
    public let architecture: String
    /// Those of the processor's instruction sets that the program or an engine makes use of, as Linux names them.
    public let instructionSets: [String]
    /// Cores that this process may use.
    public let cores: Int
    public let memoryBytes: Int?

    /// This one.
    public init() {
        func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
        self.init(
            processorText: text("/proc/cpuinfo"), memoryText: text("/proc/meminfo"),
            cores: ProcessInfo.processInfo.activeProcessorCount)
    }

    /// From the texts of `/proc/cpuinfo` and `/proc/meminfo`.
    package init(processorText: String, memoryText: String, cores: Int) {
        processor = Self.value("model name", in: processorText) ?? Self.value("Model", in: processorText)
        let flags = Self.value("flags", in: processorText) ?? Self.value("Features", in: processorText) ?? ""
        let known = Set(flags.split(separator: " ").map(String.init))
        instructionSets = Self.usedSets.filter(known.contains)
        self.cores = cores
        memoryBytes = Self.value("MemTotal", in: memoryText).flatMap { $0.split(separator: " ").first }
            .flatMap { Int($0) }.map { $0 * 1024 }
        #if arch(x86_64)
            architecture = "x86_64"
        #elseif arch(arm64)
            architecture = "aarch64"
        #else
            architecture = "other"
        #endif
    }

    private static let usedSets = [
        "sse4_2", "avx", "avx2", "fma", "f16c", "avx_vnni", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16",
        "avx512_fp16", "amx_tile", "amx_int8", "amx_bf16", "asimd", "asimdhp", "asimddp", "i8mm", "bf16", "sve",
    ]

    /// The value of the first line `key : value`.
    private static func value(_ key: String, in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == key else { continue }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }
        return nil
    }
}
