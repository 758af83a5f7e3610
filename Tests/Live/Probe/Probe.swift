import ArgumentParser
import Frames
import Glibc

/// Uses cameras and virtual cameras as the program does, and prints what it saw, a line each: for the scenarios.
@main
struct Probe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live-probe",
        subcommands: [CaptureCommand.self, ShowCommand.self, ReadersCommand.self, FindCommand.self, SetupCommand.self])
}

/// One line on standard output, at once: scenarios wait for it.
func say(_ line: String) {
    print(line)
    fflush(nil)
}

extension Size {
    /// Of "640x480".
    static func parse(_ text: String) throws -> Size {
        let sides = text.split(separator: "x").compactMap { Int($0) }
        guard sides.count == 2 else { throw ValidationError("'\(text)' is no size") }
        return Size(width: sides[0], height: sides[1])
    }
}

enum ProbeClock {
    /// `CLOCK_MONOTONIC` in microseconds.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// The time in so many seconds, or later where all is slow.
    static func end(in seconds: Double) -> Int64 {
        let patience = getenv("LIVE_PATIENCE").flatMap { Double(String(cString: $0)) } ?? 1
        return now + Int64(seconds * patience * 1_000_000)
    }
}
