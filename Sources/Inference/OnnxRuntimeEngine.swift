internal import COnnxRuntime
public import Frames

/// ONNX Runtime, opened at run time: no header and no library is needed to build, and another build of it (with CUDA,
/// with OpenVINO) can be put in its place.
///
/// Its official builds report usage to their vendor unless told not to; that is switched off before anything else.
public struct OnnxRuntimeEngine: Engine {
    public static let name = "onnxruntime"

    let runtime: OnnxRuntime

    /// - Throws: `.missingPart` where the library cannot be found or opened.
    public init(library: SharedLibraryLocator = .init(.onnxRuntime)) throws {
        runtime = try OnnxRuntime.open(library)
    }

    public var name: String { Self.name }
    public var version: String { runtime.version }
    public var libraryPath: String { runtime.path }

    public var availableDevices: [String] {
        let providers = runtime.providers
        let names: [(provider: String, device: Device.Kind)] = [
            ("CUDAExecutionProvider", .cuda), ("TensorrtExecutionProvider", .tensorrt),
            ("OpenVINOExecutionProvider", .openvino),
        ]
        return ["cpu"] + names.filter { providers.contains($0.provider) }.map(\.device.rawValue)
    }

    public func makeSession(
        _ model: ModelSource, options: InferenceOptions, notice: NoticeHandler
    ) throws -> any InferenceSession {
        try sessionWithFallBack(options, notice: notice) { try session(model, on: $0, threads: $1, isExact: $2) }
    }

    /// Fails both where the provider's library does not load and where it loads but finds no device.
    private func session(
        _ model: ModelSource, on device: Device, threads: Int, isExact: Bool
    ) throws -> (session: any InferenceSession, isExact: Bool) {
        let options = try SessionOptions(runtime: runtime, threads: threads)
        let shortType = try options.append(device, isExact: isExact)
        let session = try OnnxRuntimeSession(
            runtime: runtime, model: model, options: options, deviceName: device.name(computingWith: shortType))
        return (session, shortType == nil)
    }
}
