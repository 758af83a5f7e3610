import Frames
import Glibc

/// The clock of the live show: seconds of CLOCK_MONOTONIC, which V4L2's time stamps count too.
enum Monotonic {
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// The same as a frame's time stamp, in microseconds.
    static func timestamp(_ seconds: Double = now()) -> Timestamp {
        Timestamp(ticks: Int64(seconds * 1e6), timeBase: Rational(1, 1_000_000))
    }

    static func sleep(seconds: Double) {
        guard seconds > 0 else { return }
        usleep(UInt32(min(seconds, 60) * 1e6))
    }
}
