internal import Frames

/// What a network runs on, parsed from "cpu", "cuda", "cuda:1", "tensorrt:0", "gpu", "gpu:1", "npu", "openvino:GPU".
public struct Device: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: String, CaseIterable, Sendable {
        case cpu, cuda, tensorrt, gpu, npu, openvino
    }

    public let kind: Kind
    /// Number of the card for CUDA and TensorRT (0 by default) and for OpenVINO's GPUs (none by default), OpenVINO's own
    /// device name (CPU by default) for `openvino`.
    public let selector: String

    public static let cpu = Device(kind: .cpu, selector: "")

    private init(kind: Kind, selector: String) {
        self.kind = kind
        self.selector = selector
    }

    /// - Throws: `.usage` with the choices.
    public init(parsing text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let selector = parts.count > 1 ? parts[1] : nil
        guard let kind = Kind(rawValue: parts[0].lowercased()) else { throw Self.unknown(text) }
        switch kind {
        case .cpu, .npu:
            guard selector == nil else { throw Self.unknown(text) }
            self.init(kind: kind, selector: "")
        case .cuda, .tensorrt, .gpu:
            guard selector != nil || kind != .gpu else {
                self.init(kind: kind, selector: "")
                return
            }
            let number = selector ?? "0"
            guard let index = Int32(number), index >= 0 else { throw Self.unknown(text) }
            self.init(kind: kind, selector: String(index))
        case .openvino:
            let name = selector ?? "CPU"
            guard !name.isEmpty else { throw Self.unknown(text) }
            self.init(kind: kind, selector: name.uppercased())
        }
    }

    public var description: String { selector.isEmpty ? kind.rawValue : "\(kind.rawValue):\(selector)" }

    private static func unknown(_ text: String) -> MatteError {
        MatteError(
            .usage, "unknown device '\(text)'",
            advice: "choose cpu, cuda, cuda:NUMBER, tensorrt, tensorrt:NUMBER, gpu, gpu:NUMBER, npu or openvino:DEVICE")
    }
}
