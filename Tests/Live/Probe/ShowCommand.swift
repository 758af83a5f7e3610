import ArgumentParser
import Encoding
import Frames
import Glibc
import Pixels

/// Writes test pictures to a virtual camera.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show")

    @Argument var output: String
    @Option(transform: Size.parse) var size = Size(width: 640, height: 480)
    @Option var rate: Int32 = 20
    @Option var layout = "yu12"
    @Option var pattern = "bars"
    @Option var frames = 100

    func run() throws {
        guard let layout = VirtualCameraSettings.Layout(rawValue: layout),
            let pattern = TestPattern(rawValue: pattern)
        else { throw ValidationError("no such layout or pattern") }
        let settings = VirtualCameraSettings(size: size, rate: Rational(rate, 1), layout: layout)
        do {
            let camera = try VirtualCamera(output, settings) { say("notice \($0)") }
            say("open \(camera.path) \(camera.settings.layout) \(camera.settings.size)")
            let writer = FrameWriter(
                pool: FramePool(size: size, format: camera.settings.layout.pixelFormat),
                color: VirtualCameraSettings.color)
            for number in 0..<frames {
                let timestamp = Timestamp(ticks: Int64(number), timeBase: Rational(1, rate))
                try camera.write(writer.write(pattern.picture(number, size: size), timestamp: timestamp))
                if number == 0 { say("first") }
                usleep(UInt32(1_000_000 / rate))
            }
            say("wrote \(camera.writtenFrames)")
        } catch let error as MatteError {
            say("failure \(error)")
            throw ExitCode(error.kind.rawValue)
        }
    }
}
