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
            let needed = FileName(path).folder
            try OutputFolder.make(needed)
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

    /// Options go by `--set`, which takes them by name as presets have them, so that each says the same as on a
    /// manifest's line.
    static func arguments(_ clip: BulkClip, folder: String, threads: Int, replaces: Bool) -> [String] {
        var settings = clip.settings
        if !settings.contains(where: { $0.name == "threads" }) {
            settings.append(RunSetting(name: "threads", value: "\(threads)"))
        }
        if replaces { settings.append(RunSetting(name: "overwrite", value: "true")) }
        let words = settings.flatMap { setting in
            let isOutput = RunSetting.outputs.contains(setting.name)
            return ["--set", "\(setting.name)=\(isOutput ? FileName.join(folder, setting.value) : setting.value)"]
        }
        return ["run", "--json", "--stop-at-eof", "--output=" + FileName.join(folder, clip.name)] + words
            + ["--", clip.input]
    }
}
