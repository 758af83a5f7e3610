internal import COpenVINO
internal import Frames

/// A network loaded by OpenVINO.
///
/// OpenVINO is fastest where it knows all shapes, so the network is fitted to those of its first run, and anew when they
/// change. Results are written into tensors of the session's own, which go into the next run as they are.
final class OpenVINOSession: InferenceSession {
    let engineName: String
    let deviceName: String
    private let library: OpenVINO
    private let network: OpenVINOModel
    private var compiled: CompiledOpenVINONetwork?
    private var runsSinceFitting = 0
    /// One after the other that were not worth it.
    private var vainFittings = 0

    /// Fitting takes as long as many runs: pictures of ever new sizes are better off with a network that takes any. One
    /// that changes its size now and then, as a show does, is not: such a network is slower and twice as large.
    static let mostVainFittings = 8
    /// From here on a fitting was worth it: each run gains about a tenth of what fitting takes.
    static let leastRunsOfFitting = 12

    var inputs: [TensorDescription] { network.inputs }
    var outputs: [TensorDescription] { network.outputs }
    var isFittedToShapes: Bool { true }

    init(library: OpenVINO, model: ModelSource, target: OpenVINOTarget) throws {
        self.library = library
        network = try OpenVINOModel(library: library, model: model, target: target)
        engineName = "\(OpenVINOEngine.name) \(library.version)"
        deviceName = target.description
    }

    func outputShapes(_ names: [String], forInputs shapes: [String: [Int]]) -> [[Int]]? {
        let shapes: [[Int?]] = network.inputs.map { input in shapes[input.name] ?? input.shape }
        guard let all = try? network.outputShapes(forInputs: shapes) else { return nil }
        let found: [[Int]] = names.compactMap { name in
            let shape = network.outputs.firstIndex { $0.name == name }.map { all[$0] } ?? [nil]
            return shape.contains(nil) ? nil : shape.compactMap { $0 }
        }
        return found.count == names.count ? found : nil
    }

    func run(inputs: [(name: String, tensor: Tensor)], outputs: [String]) throws -> [Tensor] {
        let tensors = try network.inputs.map { input in
            guard let tensor = inputs.first(where: { $0.name == input.name })?.tensor else {
                throw failure("input '\(input.name)' is missing")
            }
            guard input.takes(tensor.shape) else { throw failure("input \(input) is given \(tensor.shape)") }
            return tensor
        }
        let wanted = try outputs.map { name in
            guard let index = network.outputs.firstIndex(where: { $0.name == name }) else {
                throw failure("there is no output '\(name)'")
            }
            guard network.outputs[index].elementType == .float32 else {
                throw MatteError(
                    .badInput,
                    "output '\(name)' of '\(network.name)' is \(network.outputs[index].elementType), not float32",
                    advice: "use the fp32 file of this network")
            }
            return index
        }
        let compiled = try fitted(to: tensors.map(\.shape))
        // Values made over a tensor's memory must live through the run, and so must the tensors.
        let values = try tensors.map { try OpenVINOTensor.value(for: $0, library: library) }
        defer { withExtendedLifetime((values, tensors)) {} }
        for (index, value) in values.enumerated() { try bind(value, to: compiled, output: false, index) }
        // Outputs that nobody asked for are bound as well: the last run's are somebody's by now.
        var results: [OpenVINOTensor?] = []
        for (index, shape) in compiled.outputShapes.enumerated() {
            guard !shape.contains(nil), network.outputs[index].elementType == .float32 else {
                results.append(nil)
                continue
            }
            let result = try OpenVINOTensor.result(
                library: library, shape: shape.compactMap { $0 }, pool: compiled.pools[index])
            try bind(result, to: compiled, output: true, index)
            results.append(result)
        }
        try library.check(matte_ov_infer(library.handle, compiled.request), .internal, failure("").message)
        return try wanted.map { index in
            if let result = results[index] {
                return Tensor(shape: compiled.outputShapes[index].compactMap { $0 }, storage: result)
            }
            return try copy(of: index, from: compiled)
        }
    }

    private func bind(_ tensor: OpenVINOTensor, to compiled: CompiledOpenVINONetwork, output: Bool, _ index: Int) throws
    {
        try library.check(
            matte_ov_bind(library.handle, compiled.request, output, index, tensor.handle), .internal,
            failure("").message)
    }

    /// A result whose shape is not known beforehand: the next run would write over it.
    private func copy(of index: Int, from compiled: CompiledOpenVINONetwork) throws -> Tensor {
        var handle: OpaquePointer?
        try library.check(
            matte_ov_output(library.handle, compiled.request, index, &handle), .internal, failure("").message)
        guard let handle else { throw failure("output '\(network.outputs[index].name)' is missing") }
        defer { matte_ov_release_tensor(library.handle, handle) }
        var found = MatteOvShape()
        var data: UnsafeMutableRawPointer?
        try library.check(
            matte_ov_tensor_shape(library.handle, handle, &found), .internal, failure("").message)
        let shape = found.list.compactMap { $0 }
        let count = shape.reduce(1, *)
        guard count > 0 else { return Tensor(shape: shape, values: []) }
        try library.check(matte_ov_tensor_data(library.handle, handle, &data), .internal, failure("").message)
        guard let data, found.element_type == ElementType.float32.rawValue else {
            throw failure("output '\(network.outputs[index].name)' has no memory")
        }
        let result = try OpenVINOTensor.result(library: library, shape: shape, pool: compiled.pools[index]) { floats in
            floats.update(from: data.assumingMemoryBound(to: Float.self), count: count)
        }
        return Tensor(shape: shape, storage: result)
    }

    /// Whether it has given up to follow the sizes.
    var takesAnySize: Bool { compiled.map { $0.inputShapes == nil } ?? false }

    private func fitted(to shapes: [[Int]]) throws -> CompiledOpenVINONetwork {
        runsSinceFitting += 1
        if let compiled, compiled.inputShapes == nil || compiled.inputShapes == shapes { return compiled }
        if compiled != nil { vainFittings = runsSinceFitting > Self.leastRunsOfFitting ? 0 : vainFittings + 1 }
        runsSinceFitting = 0
        // Both at once would take twice the memory.
        compiled = nil
        let takesAny = vainFittings >= Self.mostVainFittings
        let fitted = try network.fitted(to: takesAny ? nil : shapes)
        compiled = fitted
        return fitted
    }

    private func failure(_ words: String) -> MatteError {
        MatteError(.internal, "'\(network.name)' failed on \(deviceName)" + (words.isEmpty ? "" : ": \(words)"))
    }
}

extension TensorDescription {
    /// Whether the network takes a tensor of this shape here.
    fileprivate func takes(_ shape: [Int]) -> Bool {
        // A rank that is decided at run time shows as no shape at all.
        self.shape.isEmpty
            || shape.count == self.shape.count && zip(self.shape, shape).allSatisfy { $0 == nil || $0 == $1 }
    }
}
