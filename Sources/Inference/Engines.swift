public import Frames

/// The engines there are, by name. Another one joins here.
public enum Engines {
    /// What `--engine` takes, besides "auto".
    public static let names = [OnnxRuntimeEngine.name, OpenVINOEngine.name]

    /// - Throws: `.usage` for an unknown name, `.missingPart` where the library is not installed.
    public static func make(_ name: String) throws -> any Engine {
        switch name {
        case OnnxRuntimeEngine.name: return try OnnxRuntimeEngine()
        case OpenVINOEngine.name: return try OpenVINOEngine()
        default:
            throw MatteError(
                .usage, "unknown engine '\(name)'", advice: "choose auto or \(names.joined(separator: " or "))")
        }
    }

    /// The engine that the options name; for "auto" the first that can be had of those that suit the device.
    ///
    /// - Parameter notice: told of an engine that is there but cannot be used.
    /// - Throws: `.usage` for an unknown engine or device, `.missingPart` where the library is not installed.
    public static func make(for options: InferenceOptions, notice: NoticeHandler) throws -> any Engine {
        guard options.engine == "auto" else { return try make(options.engine) }
        var refusals: [MatteError] = []
        for locator in order(for: try Device(parsing: options.device)).map(SharedLibraryLocator.init) {
            do {
                let engine: any Engine =
                    switch locator.library {
                    case .onnxRuntime: try OnnxRuntimeEngine(library: locator)
                    case .openVINO: try OpenVINOEngine(library: locator)
                    }
                for refusal in refusals { notice("\(refusal.message); \(engine.name) does the work") }
                return engine
            } catch let error as MatteError {
                // What was never installed is no news.
                if locator.isExpected { refusals.append(error) }
            }
        }
        throw refusals.first
            ?? MatteError(
                .missingPart, "neither ONNX Runtime nor OpenVINO is installed",
                advice: "run `make deps`, or set \(SharedLibraryLocator.Library.onnxRuntime.variable) to a library")
    }

    /// Best first. On the CPU the faster one: measured with Robust Video Matting, OpenVINO on x86-64.
    private static func order(for device: Device) -> [SharedLibraryLocator.Library] {
        switch device.kind {
        case .cuda, .tensorrt: return [.onnxRuntime, .openVINO]
        case .gpu, .npu, .openvino: return [.openVINO, .onnxRuntime]
        case .cpu:
            #if arch(x86_64)
                return [.openVINO, .onnxRuntime]
            #else
                return [.onnxRuntime, .openVINO]
            #endif
        }
    }
}
