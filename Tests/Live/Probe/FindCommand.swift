import ArgumentParser
import Decoding
import Frames

/// Prints the path of the camera that a text means.
struct FindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "find")

    @Argument var text: String?

    func run() throws {
        do {
            say(try CameraDevice.find(text).path)
        } catch {
            say("failure \(error.reason): \(error.error)")
            throw ExitCode(error.error.kind.rawValue)
        }
    }
}
