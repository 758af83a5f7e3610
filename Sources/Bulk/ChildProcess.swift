internal import Foundation
internal import Frames

/// A process that this one started, with its words on two pipes. Used by one thread.
///
/// It is in a process group of its own, so that Ctrl-C on the terminal reaches this program alone, which then ends its
/// children one by one.
final class ChildProcess {
    enum Exit: Sendable, Hashable {
        case status(Int32)
        case signal(Int32)
    }

    /// Read ends of the child's standard output and standard error; they never block.
    let output: Int32
    let errors: Int32
    private let identifier: pid_t
    private var exit: Exit?

    /// - Parameters:
    ///   - arguments: without the program's name.
    ///   - input: what the child gets as standard input.
    ///   - kept: a descriptor that the child keeps open as long as it lives.
    /// - Throws: `.tryAgain` where the system has no room for another process.
    init(program: String, arguments: [String], input: Int32, kept: Int32) throws(MatteError) {
        let outputs = try Pipes.open()
        let words: (readEnd: Int32, writeEnd: Int32)
        do { words = try Pipes.open() } catch {
            close(outputs.readEnd)
            close(outputs.writeEnd)
            throw error
        }
        defer {
            close(outputs.writeEnd)
            close(words.writeEnd)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (index, descriptor) in [input, outputs.writeEnd, words.writeEnd, kept].enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(index))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // This program may ignore or block signals; its children are to start as any program.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let environment = WorkerEnvironment.of(ProcessInfo.processInfo.environment).map { "\($0)=\($1)" }
        let own = ProgramLocation.executable ?? "matte"
        var identifier: pid_t = 0
        let code = CStringArray.with([program.hasPrefix("/proc/") ? own : program] + arguments) { arguments in
            CStringArray.with(environment) { posix_spawn(&identifier, program, &actions, &attributes, arguments, $0) }
        }
        guard code == 0 else {
            close(outputs.readEnd)
            close(words.readEnd)
            throw MatteError(
                .tryAgain, "a worker cannot be started: \(String(cString: strerror(code)))",
                advice: "lower --jobs, or free memory")
        }
        self.identifier = identifier
        (output, errors) = (outputs.readEnd, words.readEnd)
        for descriptor in [output, errors] { Polling.stopBlocking(descriptor) }
    }

    deinit {
        close(output)
        close(errors)
    }

    func send(_ signal: Int32) {
        if exit == nil { kill(identifier, signal) }
    }

    /// Processor time of all its threads so far; nil where the system does not tell.
    var usedSeconds: Double? {
        var (clock, time) = (clockid_t(), timespec())
        guard exit == nil, clock_getcpuclockid(identifier, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            return nil
        }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Whether a thread of it is held by somebody (a signal, a debugger) or waits for storage in a way that no signal ends;
    /// nil where the system does not tell. After proc_pid_stat(5).
    var isHeld: Bool? {
        let folder = "/proc/\(identifier)/task"
        guard let threads = try? FileManager.default.contentsOfDirectory(atPath: folder), !threads.isEmpty else {
            return nil
        }
        return threads.contains { thread in
            let line = FileManager.default.contents(atPath: "\(folder)/\(thread)/stat") ?? Data()
            // The name before it may hold anything.
            let state = String(decoding: line, as: UTF8.self).split(separator: ")").last?.split(separator: " ").first
            return ["D", "T", "t"].contains(state)
        }
    }

    /// How it ended; nil while it lives.
    func exitIfOver() -> Exit? {
        if let exit { return exit }
        var status: Int32 = 0
        guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
        // wait(2): the low seven bits are the signal, the next byte the exit status.
        exit = status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
        return exit
    }
}

/// What a C function takes as argv or envp.
enum CStringArray {
    static func with<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers)
    }
}
