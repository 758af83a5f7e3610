import Foundation
import MatteKit

/// `Benchmarks check` looks at what is not noise; `Benchmarks measure` and `Benchmarks shares` print times as JSON.
/// See `make bench-check` and `make bench`.
@main
enum Entry {
    static func main() throws {
        var arguments = CommandLine.arguments.dropFirst()
        func value(_ name: String) -> String? {
            arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.endIndex ? arguments[$0 + 1] : nil }
        }
        switch arguments.popFirst() {
        case "check":
            let problems = try Check.run(traces: arguments.contains("--trace"))
            for problem in problems { say(problem) }
            exit(problems.isEmpty ? 0 : 1)
        case "measure":
            let model = try value("--model").map { try ModelStore().model($0) }
            let threads = value("--threads").flatMap(Int.init) ?? ProcessInfo.processInfo.activeProcessorCount
            try print(
                Measurement(steps: value("--steps"), clip: value("--clip"), model: model, threads: threads))
        case "shares":
            guard let clip = value("--clip"), let model = value("--model") else { usage() }
            let rounds = value("--rounds").flatMap(Int.init) ?? 5
            try print(Shares(clip: clip, model: ModelStore().model(model), rounds: max(rounds, 1)))
        default: usage()
        }
    }

    private static func usage() -> Never {
        say(
            "usage: Benchmarks check [--trace] | measure [--steps TEXT] [--clip FILE] [--model NAME] [--threads N]"
                + " | shares --clip FILE --model NAME [--rounds N]")
        exit(64)
    }

    private static func print(_ result: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try FileHandle.standardOutput.write(contentsOf: encoder.encode(result) + Data("\n".utf8))
    }

    private static func say(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
}
