import Foundation
import MatteKit

/// `Benchmarks check` looks at what is not noise, `Benchmarks measure` prints times as JSON; see `make bench-check` and
/// `make bench`.
@main
enum Entry {
    static func main() throws {
        var arguments = CommandLine.arguments.dropFirst()
        switch arguments.popFirst() {
        case "check":
            let problems = try Check.run(traces: arguments.contains("--trace"))
            for problem in problems { say(problem) }
            exit(problems.isEmpty ? 0 : 1)
        case "measure":
            func value(_ name: String) -> String? {
                arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.endIndex ? arguments[$0 + 1] : nil }
            }
            let model = try value("--model").map { try ModelStore().model($0) }
            let threads = value("--threads").flatMap(Int.init) ?? ProcessInfo.processInfo.activeProcessorCount
            let measurement = try Measurement(clip: value("--clip"), model: model, threads: threads)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try FileHandle.standardOutput.write(contentsOf: encoder.encode(measurement) + Data("\n".utf8))
        default:
            say("usage: Benchmarks check [--trace] | measure [--clip FILE] [--model NAME] [--threads N]")
            exit(64)
        }
    }

    private static func say(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
}
