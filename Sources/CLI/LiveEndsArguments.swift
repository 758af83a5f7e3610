import ArgumentParser
import Live
import MatteKit

struct LiveEndsArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A camera's path, number or part of its name, or a clip or stream. (default: the first camera)",
            valueName: "camera"))
    var camera: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "A virtual camera's path or label, a file, - or null. (default: the first virtual camera)",
            valueName: "output"))
    var output: String?

    @Option(help: ArgumentHelp("Size of the output. (default: 1280x720, or a clip's own)", valueName: "WxH"))
    var size: String?

    @Option(help: ArgumentHelp("Pictures per second that are written. (default: 30)", valueName: "rate"))
    var rate: String?

    @Option(
        help: ArgumentHelp(
            """
            Lower the network's ratio where the machine does not reach this rate, and raise it again; 0 to leave it. \
            (default: 24, or 0 with --ratio)
            """, valueName: "rate"))
    var targetFps: Double?

    @Flag(help: "Keep the camera closed while nobody reads the virtual camera.")
    var onDemand = false

    @Flag(help: "Begin a clip again at its end.")
    var loop = false

    @Flag(help: "Give a clip's pictures when they are due, as a camera does.")
    var realtime = false

    @Option(help: ArgumentHelp("FFmpeg's name of an output file's container.", valueName: "name"))
    var outputFormat: String?

    @Option(help: ArgumentHelp("Codec of an output file.", valueName: "name"))
    var codec: String?

    @Flag(help: "Replace an output file that exists.")
    var overwrite = false

    var settings: [Setting] {
        [Setting](["output-format": outputFormat, "codec": codec]) + .flag("overwrite", overwrite)
    }

    func options() throws(MatteError) -> LiveOptions {
        var options = LiveOptions()
        options.camera = camera
        options.output = output
        options.repeatsClip = loop
        options.keepsClipTime = realtime
        options.isOnDemand = onDemand
        if let size { options.size = try Self.size(size) }
        if let rate { options.rate = try Self.rate(rate) }
        if let targetFps {
            guard (0...240).contains(targetFps) else {
                throw MatteError(.usage, "--target-fps: '\(targetFps)' is not a rate from 0 to 240")
            }
            options.targetRate = targetFps > 0 ? targetFps : nil
        }
        return options
    }

    private static func size(_ text: String) throws(MatteError) -> Size {
        let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard sides.count == 2, sides.allSatisfy({ (16...8192).contains($0) && $0 % 2 == 0 }) else {
            throw MatteError(
                .usage, "--size: '\(text)' is not a size", advice: "give two even numbers from 16 to 8192: 1280x720")
        }
        return Size(width: sides[0], height: sides[1])
    }

    /// A whole number, or a fraction such as 30000/1001.
    private static func rate(_ text: String) throws(MatteError) -> Rational {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int32($0) ?? 0 }
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0 > 0 }) else {
            throw MatteError(.usage, "--rate: '\(text)' is not a rate such as 30 or 30000/1001")
        }
        let rate = Rational(parts[0], parts.count == 2 ? parts[1] : 1)
        guard (1...240).contains(rate.doubleValue) else {
            throw MatteError(.usage, "--rate: '\(text)' is not from 1 to 240 pictures per second")
        }
        return rate
    }
}
