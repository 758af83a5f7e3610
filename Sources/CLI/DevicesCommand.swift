import ArgumentParser
import MatteKit

/// `matte devices`.
struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "Lists cameras and virtual cameras, with all their formats, sizes and rates.",
        discussion: "No camera is switched on. `matte doctor --camera` tries them.")

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        if json { return print(try DeviceList().json()) }
        let devices = CameraDevice.list()
        print(devices.isEmpty ? "no cameras" : devices.map { DeviceText($0).text }.joined(separator: "\n\n"))
    }
}
