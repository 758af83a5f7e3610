import ArgumentParser
import Foundation
import MatteKit

/// The program's entry: parses, runs, and turns every error into one line and an exit status.
@main
struct Entry {
    static func main() {
        // A closed pipe is an error of a write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        StandardStreams.openMissing()
        HeapSettings.apply()
        do {
            try checkArguments()
            var command = try MatteCommand.parseAsRoot()
            try command.run()
        } catch let error as MatteError {
            StandardStreams.say(line: "matte: \(error.description)")
            exit(error.kind.rawValue)
        } catch {
            MatteCommand.exit(withError: error)
        }
    }

    /// Names that are no text would silently become other names.
    private static func checkArguments() throws {
        for (index, argument) in CommandLine.arguments.enumerated() where argument.unicodeScalars.contains("\u{FFFD}") {
            guard let bytes = CommandLine.unsafeArgv[index], String(validatingCString: bytes) == nil else { continue }
            throw MatteError(.usage, "'\(argument)' is not valid UTF-8", advice: "rename the file, or link to it")
        }
    }
}
