public import Frames

/// OpenVINO, opened at run time: no header and no library is needed to build. It reads the same ONNX files.
///
/// Its libraries send nothing anywhere; only its Python tools do, through a package that is not used here.
public struct OpenVINOEngine: Engine {
    public static let name = "openvino"

    let library: OpenVINO

    /// - Throws: `.missingPart` where the library cannot be found or opened.
    public init(library: SharedLibraryLocator = .init(.openVINO)) throws {
        self.library = try OpenVINO.open(library)
    }

    public var name: String { Self.name }
    public var version: String { library.version }
    public var libraryPath: String { library.path }

    /// Devices that are really there: OpenVINO lists no others.
    public var availableDevices: [String] {
        library.devices.map { $0.lowercased().replacing(".", with: ":") }
    }

    public func makeSession(
        _ model: ModelSource, options: InferenceOptions, notice: NoticeHandler
    ) throws -> any InferenceSession {
        try sessionWithFallBack(options, notice: notice) { try session(model, on: $0, threads: $1, isExact: $2) }
    }

    /// A network is fitted to a device only when it first runs, so that the device has to be looked for here.
    private func session(
        _ model: ModelSource, on device: Device, threads: Int, isExact: Bool
    ) throws -> (session: any InferenceSession, isExact: Bool) {
        guard let name = device.openVINOName else {
            throw MatteError(.missingPart, "it is a device of ONNX Runtime's")
        }
        guard library.has(name) else {
            throw MatteError(.missingPart, "OpenVINO finds no device \(name)")
        }
        // An NPU has no arithmetic of 32 bits, and chooses by itself.
        let choosesItself = name == "NPU"
        let shortType = isExact || choosesItself ? nil : library.shortType(on: name)
        let session = try OpenVINOSession(
            library: library, model: model,
            target: OpenVINOTarget(
                device: name, description: device.name(computingWith: shortType), threads: threads, shortType: shortType
            ))
        return (session, shortType == nil && !choosesItself)
    }
}

/// Where and how a network is to run.
struct OpenVINOTarget {
    /// OpenVINO's name of the device.
    let device: String
    /// Ours.
    let description: String
    let threads: Int
    /// OpenVINO's name of the numbers to compute with ("bf16") in place of 32-bit ones.
    let shortType: String?

    var properties: [(key: String, value: String)] {
        // One frame after the other, as soon as it can be had.
        var properties = [("PERFORMANCE_HINT", "LATENCY"), ("NUM_STREAMS", "1")]
        // Without this, 16-bit arithmetic is used where the processor has it, and results differ between machines.
        if device != "NPU" { properties.append(("INFERENCE_PRECISION_HINT", shortType ?? "f32")) }
        if device == "CPU" {
            properties.append(("INFERENCE_NUM_THREADS", String(threads)))
            // Threads bound to cores cannot make way for the decoder and the encoder.
            properties.append(("ENABLE_CPU_PINNING", "NO"))
            // A network that takes any size keeps what it made for each, 5000 layers of it by default: at some megabytes
            // a size these are hundreds. Enough for the two or three latest.
            properties.append(("CPU_RUNTIME_CACHE_CAPACITY", "256"))
        }
        return properties
    }
}

extension Device {
    /// Nil for devices that only ONNX Runtime has.
    fileprivate var openVINOName: String? {
        switch kind {
        case .cpu: "CPU"
        case .gpu: selector.isEmpty ? "GPU" : "GPU.\(selector)"
        case .npu: "NPU"
        case .openvino: selector
        case .cuda, .tensorrt: nil
        }
    }
}
