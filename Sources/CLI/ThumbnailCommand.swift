import ArgumentParser
import Glibc
import MatteKit

/// `matte thumbnail`, which `matte bulk` starts for its report.
struct ThumbnailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thumbnail", abstract: "Makes a small picture of a clip.", shouldDisplay: false)

    @Argument
    var input: String

    @Argument
    var output: String

    func run() throws {
        // Nobody waits for it when the run is gone.
        InputEnd.watch { _exit(130) }
        try Thumbnail.make(of: input, as: output)
    }
}
