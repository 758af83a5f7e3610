internal import COnnxRuntime
internal import Foundation
public import Frames

/// ONNX Runtime, opened at run time: no header and no library is needed to build, and another build of it (with CUDA,
/// with OpenVINO) can be put in its place.
///
/// Its official builds report usage to their vendor unless told not to; that is switched off before anything else.
public struct OnnxRuntimeEngine: Engine {
    public static let name = "onnxruntime"

    let runtime: OnnxRuntime

    /// - Throws: `.missingPart` where the library cannot be found or opened.
    public init(library: OnnxRuntimeLibrary = .init()) throws {
        runtime = try OnnxRuntime.open(library.candidates())
    }

    static func shared() throws -> OnnxRuntimeEngine { try OnnxRuntimeEngine() }

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
        let device = try Device(parsing: options.device)
        let threads = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
        guard (1...1024).contains(threads) else {
            throw MatteError(.usage, "\(threads) threads cannot be used", advice: "choose a number from 1 to 1024")
        }
        guard device != .cpu else { return try session(model, on: .cpu, threads: threads) }
        let refusal: MatteError
        do {
            return try session(model, on: device, threads: threads)
        } catch let error as MatteError {
            refusal = error
        }
        guard !options.requireDevice else {
            throw MatteError(
                .missingPart, "device \(device) cannot be used (\(refusal.message))",
                advice: "devices of this ONNX Runtime: \(availableDevices.joined(separator: ", "))")
        }
        // A file that the CPU refuses as well is at fault itself, and then this throws.
        let fallBack = try session(model, on: .cpu, threads: threads)
        notice("device \(device) cannot be used, the CPU does the work (\(refusal.message))")
        return fallBack
    }

    /// Fails both where the provider's library does not load and where it loads but finds no device.
    private func session(_ model: ModelSource, on device: Device, threads: Int) throws -> OnnxRuntimeSession {
        let options = try SessionOptions(runtime: runtime, threads: threads)
        try options.append(device)
        return try OnnxRuntimeSession(runtime: runtime, model: model, options: options, deviceName: device.description)
    }
}
