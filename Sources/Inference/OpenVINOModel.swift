internal import Frames

/// A network that can be fitted to a device and to shapes. Its file is read at once, or, where processes share what they
/// found out about it, for what none of them has found out yet.
///
/// Used by one thread at a time.
final class OpenVINOModel {
    let name: String
    let inputs: [TensorDescription]
    let outputs: [TensorDescription]
    private let library: OpenVINO
    private let target: OpenVINOTarget
    private let findings: OpenVINOFindings?
    /// Nil until it is read.
    private var network: OpenVINONetwork?

    /// - Throws: `.badInput` for a file that is no network.
    init(library: OpenVINO, model: ModelSource, target: OpenVINOTarget) throws {
        (self.library, self.target) = (library, target)
        name = model.name
        findings = OpenVINOFindings(model, library: library, target: target)
        if let ports = findings?.ports {
            (inputs, outputs) = (ports.inputs, ports.outputs)
            return
        }
        let network = try OpenVINONetwork(library: library, model: model)
        (inputs, outputs) = (network.inputs, network.outputs)
        self.network = network
        findings?.keep(OpenVINOFindings.Ports(inputs: inputs, outputs: outputs))
    }

    /// The shapes of the outputs, which follow from those of the inputs; nil dimensions show only in a run.
    func outputShapes(forInputs shapes: [[Int?]]) throws -> [[Int?]] {
        try knownOutputShapes(forInputs: shapes) ?? reshaped(shapes).outputShapes
    }

    /// - Parameter shapes: of the inputs; nil for a network that takes any.
    func fitted(to shapes: [[Int]]?) throws -> CompiledOpenVINONetwork {
        if let shapes, let outputShapes = knownOutputShapes(forInputs: shapes),
            let export = findings?.network(fittedTo: shapes),
            let imported = try? CompiledOpenVINONetwork(
                library: library, importing: export, name: name, inputShapes: shapes, outputShapes: outputShapes,
                target: target)
        {
            return imported
        }
        let (network, outputShapes) = try reshaped(shapes ?? inputs.map(\.shape))
        let compiled = try CompiledOpenVINONetwork(
            network, inputShapes: shapes, outputShapes: outputShapes, target: target)
        if let shapes, let findings { compiled.withExport { findings.keep($0, fittedTo: shapes) } }
        return compiled
    }

    private func knownOutputShapes(forInputs shapes: [[Int?]]) -> [[Int?]]? {
        findings?.outputShapes(forInputs: shapes).flatMap { $0.count == outputs.count ? $0 : nil }
    }

    private func reshaped(_ shapes: [[Int?]]) throws -> (network: OpenVINONetwork, outputShapes: [[Int?]]) {
        let network = try read()
        try network.reshape(shapes)
        let outputShapes = try network.currentOutputShapes()
        findings?.keep(outputShapes: outputShapes, forInputs: shapes)
        return (network, outputShapes)
    }

    private func read() throws -> OpenVINONetwork {
        if let network { return network }
        guard let findings else { throw MatteError(.internal, "the network of '\(name)' was not read") }
        let read = try OpenVINONetwork(library: library, model: .shared(findings.model))
        network = read
        return read
    }
}
