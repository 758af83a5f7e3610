import Foundation

/// The streams that every process is given, and that its caller may have closed or filled up.
enum StandardStreams {
    /// Puts `/dev/null` where the caller has closed a stream: the next file would get its number, and messages would
    /// be written into it.
    static func openMissing() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 && errno == EBADF {
            // The lowest free number is the one that is missing.
            _ = open("/dev/null", O_RDWR)
        }
    }

    /// Writes one line to standard error.
    static func say(line: String) { say(visible(line) + "\n") }

    /// Writes one line to standard output.
    static func print(line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((visible(line) + "\n").utf8))
    }

    /// Names of files may hold line breaks and worse; those are escaped.
    static func visible(_ text: String) -> String {
        var visible = ""
        for scalar in text.unicodeScalars {
            visible += scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
        }
        return visible
    }

    /// Writes to standard error; nobody listening is no reason to lose the clip.
    static func say(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
