import Foundation
import MatteKit

/// `matte doctor`'s report for people.
struct DoctorText {
    private let report: DoctorReport

    init(_ report: DoctorReport) { self.report = report }

    var text: String {
        ReportSections.text([
            ("machine", machine), ("FFmpeg", [report.ffmpeg]), ("encoders", encoders), ("engines", engines),
            ("models", models), ("telemetry", ["off"]), ("self-test", selfTest),
            ("result", [report.obstacle == nil ? "clips can be matted" : "clips cannot be matted"]),
        ])
    }

    private var machine: [String] {
        let machine = report.machine
        let memory = machine.memoryBytes.map { String(format: ", %.1f GiB", Double($0) / 1_073_741_824) } ?? ""
        let sets = machine.instructionSets.isEmpty ? [] : [machine.instructionSets.joined(separator: " ")]
        let processor = machine.processor ?? "unknown processor"
        return ["\(processor) (\(machine.architecture)), \(machine.cores) cores\(memory)"] + sets
    }

    private var encoders: [String] {
        [report.encoders.map { "\($0.codec) \($0.encoder.map { "(\($0))" } ?? "– none")" }.joined(separator: ", ")]
    }

    private var engines: [String] {
        let lines = report.engines.flatMap { engine -> [String] in
            if let problem = engine.problem { return ["\(engine.name): \(problem)"] }
            let devices = engine.devices.joined(separator: ", ")
            return ["\(engine.name) \(engine.version ?? ""), devices: \(devices)", "  \(engine.library ?? "")"]
        }
        return lines + (report.automaticEngine.map { ["--engine auto takes \($0)"] } ?? [])
    }

    private var models: [String] { report.models.map { "\($0.name): \($0.state)" } }

    private var selfTest: [String] {
        guard let test = report.selfTest else { return ["not possible"] }
        let trials = test.trials.map { trial in
            if let problem = trial.problem { return "\(trial.engine): \(problem)" }
            let time = trial.millisecondsPerFrame.map { String(format: "%.1f ms", $0) } ?? "–"
            return "\(trial.engine) on \(trial.device ?? "–"): \(time) per frame of \(test.width)×\(test.height)"
        }
        guard let difference = test.meanDifference else { return trials }
        let verdict = test.agrees == true ? "the engines agree" : "the engines do not agree"
        return trials + [verdict + String(format: ": mean difference of alpha %.4f/255", difference)]
    }
}
