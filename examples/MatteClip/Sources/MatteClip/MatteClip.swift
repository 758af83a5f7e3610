import Foundation
import MatteKit

/// Mattes a clip from a program of your own: `MatteClip INPUT OUTPUT [BACKGROUND [FRAMES]]`.
@main
struct MatteClip {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard (2...4).contains(arguments.count) else {
            say("usage: MatteClip INPUT OUTPUT [BACKGROUND [FRAMES]]")
            exit(64)
        }
        do {
            let report = try matte(Array(arguments))
            say("\(report.pipeline.frames) frames in \(report.pipeline.shots) shots with \(report.model)")
        } catch let error as MatteError {
            say(error.description)
            exit(error.kind.rawValue)
        } catch {
            say("\(error)")
            exit(70)
        }
    }

    static func matte(_ arguments: [String]) throws -> RunSummary {
        var options = RunOptions(input: arguments[0], output: arguments[1])
        if arguments.count > 2 { options.background = try BackgroundSpec(parsing: arguments[2]) }
        if arguments.count > 3 { options.decoding.frameLimit = Int(arguments[3]) }
        options.encoding.quality = 20
        options.encoding.overwrite = true

        // A job runs once. `run` blocks; `cancel()` may be called from any thread.
        let job = MatteJob(options, notice: { say("note: \($0)") })
        return try job.run { progress in
            if progress.frames.isMultiple(of: 10) { say("\(progress.frames) frames") }
        }
    }

    static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
