import ArgumentParser
import Foundation
import MatteKit

/// The program's entry: parses, runs, and turns every error into one line and an exit status.
@main
struct Entry {
    static func main() {
        // A closed pipe is an error of a write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try MatteCommand.parseAsRoot()
            try command.run()
        } catch let error as MatteError {
            FileHandle.standardError.write(Data("matte: \(error.description)\n".utf8))
            exit(error.kind.rawValue)
        } catch {
            MatteCommand.exit(withError: error)
        }
    }
}
