internal import Foundation
internal import Frames
internal import MatteKit
internal import Presets

/// One clip at work: `matte run … --json` in a process of its own, so that a crash is that clip's alone.
///
/// Used by one thread, which asks `poll()` again and again.
final class Worker {
    /// The last of these lines say why it failed.
    private static let keptErrors = 20

    private let process: ChildProcess
    private var output = LineReader()
    private var errors = LineReader()
    private var errorLines: [String] = []
    private let decoder = JSONDecoder()
    /// The newest.
    private(set) var progress: RunEvent?
    private(set) var notices: [String] = []
    private var summary: RunSummary?

    /// - Parameters:
    ///   - folder: the run's; the folders of the outputs are made.
    ///   - replaces: whether outputs of the same names are products of earlier runs.
    ///   - lifeline: the read end of a pipe that ends with this program. The worker stops when it does.
    init(
        _ clip: BulkClip, folder: String, threads: Int, replaces: Bool, program: String, lifeline: Int32,
        lock: FolderLock
    ) throws(MatteError) {
        for name in clip.outputNames {
            let path = FileName.join(folder, name)
            let needed = name.hasSuffix("/") ? FileName(path).folder : FileName(path).folder
            do {
                try FileManager.default.createDirectory(
                    atPath: needed.isEmpty ? "." : needed, withIntermediateDirectories: true)
            } catch {
                throw MatteError(
                    .cannotCreate, "the folder '\(needed)' cannot be made", advice: "choose a folder that you may write to")
            }
        }
        let arguments = Self.arguments(clip, folder: folder, threads: threads, replaces: replaces)
        process = try ChildProcess(
            program: program, arguments: arguments, input: lifeline, kept: lock.descriptor)
    }

    /// Outcomes: nil while it works.
    func poll() -> Result<RunSummary?, WorkerFailure>? {
        // The end of the process first: what it wrote before is in the pipes then.
        let exit = process.exitIfOver()
        for line in output.lines(from: process.output) { take(line) }
        errorLines = (errorLines + errors.lines(from: process.errors).filter { !$0.isEmpty }).suffix(Self.keptErrors)
        guard let exit else { return nil }
        if exit == .status(0) { return .success(summary) }
        return .failure(WorkerFailure(exit, errors: errorLines))
    }

    /// To wait for, with `Descriptor.wait`.
    var descriptors: [Int32] {
        (output.isAtEnd ? [] : [process.output]) + (errors.isAtEnd ? [] : [process.errors])
    }

    func stop() { process.send(SIGTERM) }
    func kill() { process.send(SIGKILL) }

    private func take(_ line: String) {
        guard let event = try? decoder.decode(RunEvent.self, from: Data(line.utf8)) else { return }
        switch event.event {
        case .progress: progress = event
        case .notice: if let message = event.message { notices.append(message) }
        case .done: summary = event.summary
        }
    }

    static func arguments(_ clip: BulkClip, folder: String, threads: Int, replaces: Bool) -> [String] {
        var arguments = ["run", "--json", "--stop-at-eof", "-o", FileName.join(folder, clip.name)]
        if !clip.settings.contains(where: { $0.name == "threads" }) { arguments += ["--threads", "\(threads)"] }
        if replaces, !clip.isOn("overwrite") { arguments.append("--overwrite") }
        for setting in clip.settings {
            let isOutput = BulkClip.outputOptions.contains(setting.name)
            switch setting.value.lowercased() {
            case "true", "yes", "on" where RunOption.isSwitch(setting.name): arguments.append("--\(setting.name)")
            case "false", "no", "off" where RunOption.isSwitch(setting.name):
                // Of the switches only this one is on by itself.
                if setting.name == "scene-cuts" { arguments.append("--no-scene-cuts") }
            default: arguments.append("--\(setting.name)=\(isOutput ? FileName.join(folder, setting.value) : setting.value)")
            }
        }
        return arguments + ["--", clip.input]
    }
}
