internal import Frames
internal import Glibc

/// Why a clip was not done.
public struct WorkerFailure: Error, Hashable {
    /// Of the worker, after sysexits.h; nil where a signal killed it.
    public let exitStatus: Int32?
    /// "SIGSEGV".
    public let signal: String?
    /// One line for people.
    public let reason: String

    /// Statuses of what is wrong with a clip, its options or its place: another attempt ends the same.
    private static let lasting: Set<Int32> = [64, 65, 66, 73, 78]

    /// Whether another attempt may succeed: crashes, the disk, a device, memory.
    public var isWorthRetrying: Bool { exitStatus.map { !Self.lasting.contains($0) } ?? true }

    init(_ error: MatteError) {
        exitStatus = error.kind.rawValue
        signal = nil
        reason = error.description
    }

    /// Of a worker that was killed because it did nothing for so long.
    init(stalledSeconds: Double) {
        exitStatus = nil
        signal = "SIGKILL"
        reason =
            "the worker said nothing and used no processor for \(ClockText.of(seconds: stalledSeconds)), and was ended"
    }

    /// - Parameter errors: the last lines that the worker wrote to standard error.
    init(_ exit: ChildProcess.Exit, errors: [String]) {
        let mark = "matte: "
        let said = errors.last { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) } ?? errors.last
        switch exit {
        case .status(let status):
            exitStatus = status
            signal = nil
            reason = said ?? "the worker ended with status \(status) and said nothing"
        case .signal(let number):
            let name = Self.name(of: number)
            exitStatus = nil
            signal = name
            let hint = number == SIGKILL ? ", perhaps for want of memory" : ""
            reason = "the worker was killed by \(name)\(hint)" + (said.map { " (\($0))" } ?? "")
        }
    }

    private static func name(of number: Int32) -> String {
        let names: [Int32: String] = [
            SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGHUP: "SIGHUP", SIGILL: "SIGILL",
            SIGINT: "SIGINT", SIGKILL: "SIGKILL", SIGQUIT: "SIGQUIT", SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS",
            SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
        ]
        return names[number] ?? "signal \(number)"
    }
}
