internal import Foundation

/// A graph with the places where its tensors come from. Nothing in it is taken for granted: it may be any file.
struct GraphIndex {
    let graph: Onnx_GraphProto
    private let producers: [String: Int]
    private let initializers: [String: Int]

    /// - Throws: where a tensor is made twice, or a graph lies inside the graph, which may use tensors unseen.
    init(_ graph: Onnx_GraphProto) throws(GraphMisfit) {
        var producers: [String: Int] = [:]
        for (index, node) in graph.node.enumerated() {
            guard !node.attribute.contains(where: { $0.hasG || !$0.graphs.isEmpty }) else {
                throw GraphMisfit("\(node.opType) holds a graph of its own")
            }
            for output in node.output where !output.isEmpty {
                guard producers.updateValue(index, forKey: output) == nil else {
                    throw GraphMisfit("'\(output)' is made twice")
                }
            }
        }
        var initializers: [String: Int] = [:]
        for (index, tensor) in graph.initializer.enumerated() { initializers[tensor.name] = index }
        for name in graph.input.map(\.name) + Array(initializers.keys) where producers[name] != nil {
            throw GraphMisfit("'\(name)' is made twice")
        }
        self.graph = graph
        self.producers = producers
        self.initializers = initializers
    }

    func producerIndex(of tensor: String) -> Int? { producers[tensor] }

    func producer(of tensor: String) -> Onnx_NodeProto? { producers[tensor].map { graph.node[$0] } }

    /// The standard operator that makes `tensor`, casts left out.
    func node(_ type: String, making tensor: String) -> Onnx_NodeProto? {
        guard let node = producer(of: uncast(tensor)), node.isStandard(type) else { return nil }
        return node
    }

    /// - Throws: where `tensor` is made by anything else.
    func expect(_ type: String, making tensor: String) throws(GraphMisfit) -> Onnx_NodeProto {
        guard let node = node(type, making: tensor) else {
            throw GraphMisfit("'\(tensor)' is made by \(producer(of: tensor)?.opType ?? "nothing"), not by \(type)")
        }
        return node
    }

    /// What `tensor` was before it was cast to other element types: graphs of 16 bits have such casts between.
    func uncast(_ tensor: String) -> String {
        var tensor = tensor
        // A damaged file may have a circle.
        for _ in 0..<8 {
            guard let node = producer(of: tensor), node.isStandard("Cast"), let source = node.input.first else { break }
            tensor = source
        }
        return tensor
    }

    func initializer(_ name: String) -> Onnx_TensorProto? { initializers[name].map { graph.initializer[$0] } }

    /// An initializer's value, or a Constant's.
    private func constant(_ tensor: String) -> Onnx_TensorProto? {
        if let tensor = initializer(tensor) { return tensor }
        guard let node = producer(of: tensor), node.isStandard("Constant"),
            let value = node.attribute.first(where: { $0.name == "value" }), value.hasT
        else { return nil }
        return value.t
    }

    /// The whole numbers of a small constant; nil for what is none.
    func integers(_ tensor: String) -> [Int]? {
        guard let constant = constant(tensor), constant.dataType == 7 else { return nil }
        if !constant.int64Data.isEmpty { return constant.int64Data.map { Int($0) } }
        return words(constant, bytes: 8)?.map { Int(truncatingIfNeeded: $0) }
    }

    /// The numbers of a small constant of 32 or 16 bits; nil for what is none.
    func floats(_ tensor: String) -> [Float]? {
        guard let constant = constant(tensor) else { return nil }
        switch constant.dataType {
        case 1:
            if !constant.floatData.isEmpty { return constant.floatData }
            return words(constant, bytes: 4)?.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
        case 10:
            let patterns =
                constant.int32Data.isEmpty
                ? words(constant, bytes: 2) : constant.int32Data.map { UInt64(truncatingIfNeeded: $0) }
            return patterns?.map { Self.float(half: UInt16(truncatingIfNeeded: $0)) }
        default:
            return nil
        }
    }

    /// Little-endian words of a tensor of at most 16 elements.
    private func words(_ tensor: Onnx_TensorProto, bytes: Int) -> [UInt64]? {
        let raw = Array(tensor.rawData.prefix(16 * bytes + 1))
        guard raw.count % bytes == 0, raw.count <= 16 * bytes else { return nil }
        return stride(from: 0, to: raw.count, by: bytes).map { start in
            raw[start..<start + bytes].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// Only 0 and 1 are ever asked for, so all other values of binary16 are "not a number" here.
    private static func float(half: UInt16) -> Float {
        switch half {
        case 0: 0
        case 0x3C00: 1
        default: .nan
        }
    }
}

extension Onnx_NodeProto {
    /// Whether it is this operator of ONNX itself.
    func isStandard(_ type: String) -> Bool { opType == type && (domain.isEmpty || domain == "ai.onnx") }

    func integer(_ name: String) -> Int? {
        attribute.first { $0.name == name && $0.hasI }.map { Int($0.i) }
    }

    func integers(_ name: String) -> [Int]? {
        attribute.first { $0.name == name && !$0.ints.isEmpty }?.ints.map { Int($0) }
    }

    func float(_ name: String) -> Float? { attribute.first { $0.name == name && $0.hasF }?.f }

    func text(_ name: String) -> String? {
        attribute.first { $0.name == name && $0.hasS }.map { String(decoding: $0.s, as: UTF8.self) }
    }
}
