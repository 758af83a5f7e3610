internal import Foundation

/// What OpenVINO's sessions of several processes leave each other about one network on this machine.
///
/// A fitted network is good for one release of the library, one processor, and one way to run it, so all of these are part
/// of its key.
struct OpenVINOFindings {
    struct Ports: Codable {
        let inputs: [TensorDescription]
        let outputs: [TensorDescription]
    }

    let model: SharedModel
    private let network: String
    private let target: String

    /// - Returns: nil where nothing is shared: another device has its own ways, and an old library has none.
    init?(_ model: ModelSource, library: OpenVINO, target: OpenVINOTarget) {
        guard case .shared(let model) = model, target.device == "CPU", library.canExport else { return nil }
        self.model = model
        network = "\(library.path) \(library.version)\n\(model.identity)"
        let processor = library.description(of: target.device)
        self.target = "\(processor)\n\(target.properties.map { "\($0.key)=\($0.value)" }.joined(separator: " "))"
    }

    var ports: Ports? { value(of: portsKey) }

    func keep(_ ports: Ports) { keep(ports, for: portsKey) }

    /// The shapes of all outputs, which follow from those of the inputs; nil dimensions show only in a run.
    func outputShapes(forInputs shapes: [[Int?]]) -> [[Int?]]? { value(of: key(ofOutputsFor: shapes)) }

    func keep(outputShapes: [[Int?]], forInputs shapes: [[Int?]]) {
        keep(outputShapes, for: key(ofOutputsFor: shapes))
    }

    /// An export of the network fitted to these shapes of its inputs.
    func network(fittedTo shapes: [[Int]]) -> ArraySlice<UInt8>? {
        model.findings.bytes(for: key(ofNetworkFor: shapes))
    }

    func keep(_ export: UnsafeRawBufferPointer, fittedTo shapes: [[Int]]) {
        model.findings.keep(export, for: key(ofNetworkFor: shapes))
    }

    private var portsKey: String { "ports\n\(network)" }
    private func key(ofOutputsFor shapes: [[Int?]]) -> String { "outputs\n\(network)\n\(shapes)" }
    private func key(ofNetworkFor shapes: [[Int]]) -> String { "fitted\n\(network)\n\(target)\n\(shapes)" }

    private func value<Value: Decodable>(of key: String) -> Value? {
        model.findings.bytes(for: key).flatMap { try? JSONDecoder().decode(Value.self, from: Data($0)) }
    }

    private func keep(_ value: some Encodable, for key: String) {
        guard let data = try? JSONEncoder().encode(value) else { return }
        data.withUnsafeBytes { model.findings.keep($0, for: key) }
    }
}
