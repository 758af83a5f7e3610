import ArgumentParser
import Encoding

/// Says how many programs read a virtual camera, whenever that changes.
struct ReadersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "readers")

    @Argument var path: String
    @Option var seconds = 10.0

    func run() throws {
        let watch = try ReaderWatch(path: path)
        say("method \(watch.method)")
        let end = ProbeClock.end(in: seconds)
        var last = -1
        while ProbeClock.now < end {
            let readers = try watch.readers(timeoutMilliseconds: 200)
            if readers != last { say("readers \(readers)") }
            last = readers
        }
    }
}
