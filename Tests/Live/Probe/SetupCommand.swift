import ArgumentParser
import Encoding

/// Makes a virtual camera, or prints how.
struct SetupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "setup")

    @Argument var label: String
    @Option var number: Int?

    func run() throws {
        switch try VirtualCameraSetup.run(label: label, number: number) {
        case .present(let path): say("present \(path)")
        case .added(let path): say("added \(path)")
        case .lines(let lines, let reason): say((["because \(reason)"] + lines).joined(separator: "\n"))
        }
    }
}
