import ArgumentParser
import Foundation
import MatteKit

/// `matte doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Shows what is installed, and tries it for some seconds.",
        discussion: """
            Exit status 0 if a clip could be matted, or with --camera a live picture shown; 69 if not, with one line \
            that says what to do.
            """)

    @Flag(help: "Look at cameras and virtual cameras instead. Each camera is on for about a second.")
    var camera = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        if camera { return try examineCameras() }
        let console = Console()
        let report = try Doctor(notice: { console.notice($0) }).examine()
        print(json ? try report.json() : DoctorText(report).text)
        if let obstacle = report.obstacle { throw MatteError(.missingPart, obstacle) }
    }

    private func examineCameras() throws {
        let report = CameraDoctor().examine()
        print(json ? try report.json() : CameraDoctorText(report).text)
        if let obstacle = report.obstacle { throw MatteError(.missingPart, obstacle) }
    }
}
