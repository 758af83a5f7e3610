internal import Foundation
internal import SwiftProtobuf

/// A Robust Video Matting graph without its full-resolution ends: the picture comes in at the network's own size, and
/// the guided filter's slope and offset go out on that grid, to be spread over the picture by whoever has it.
///
/// Everything between, and the recurrent state with its names, is as it was; only that the state has its channels last.
/// A graph of 16 bits keeps them inside; what goes in and out is of 32.
public struct RecurrentGraph: Sendable {
    /// An ONNX file.
    public let bytes: ArraySlice<UInt8>
    /// Input: R'G'B' of 0…1, [1, 3, ⌊height · ratio⌋, ⌊width · ratio⌋], sampled as `ratio` says.
    public let picture: String
    /// Outputs of four channels at that size.
    public let slope: String
    public let offset: String

    /// Names of the published graph's inputs and outputs.
    public struct Ports: Sendable {
        public var picture: String
        public var ratio: String
        public var alpha: String
        public var foreground: String

        public init(picture: String, ratio: String, alpha: String, foreground: String) {
            self.picture = picture
            self.ratio = ratio
            self.alpha = alpha
            self.foreground = foreground
        }
    }

    init(bytes: ArraySlice<UInt8>, picture: String, slope: String, offset: String) {
        self.bytes = bytes
        self.picture = picture
        self.slope = slope
        self.offset = offset
    }

    /// Cuts the ends off.
    ///
    /// The graph is walked from the picture forward and from the results backward, never by the names inside, and each
    /// step is checked. Any bytes may be given.
    /// - Parameter published: an ONNX file.
    /// - Throws: what is not as in the published graphs.
    public init(cutting published: UnsafeRawBufferPointer, ports: Ports) throws(GraphMisfit) {
        var model: Onnx_ModelProto
        do {
            model = try Onnx_ModelProto(serializedBytes: Data(published))
        } catch {
            throw GraphMisfit("the file cannot be read as ONNX")
        }
        let index = try GraphIndex(model.graph)
        let tail = try GuidedFilterTail(
            in: index, picture: ports.picture, alpha: ports.alpha, foreground: ports.foreground)
        let head = try ResizedPicture(in: index, picture: ports.picture, ratio: ports.ratio)
        guard [head.tensor, tail.slope, tail.offset].allSatisfy({ !$0.contains("\n") }) else {
            throw GraphMisfit("a name has more than one line")
        }
        try model.graph.cut(index, head: head, tail: tail, ports: ports)
        try model.rewriteIdioms()
        model.graph.keepStatesChannelsLast(besides: head.tensor, [tail.slope, tail.offset])
        model.graph.castEndsToFloat32()
        let bytes: [UInt8]
        do {
            bytes = try model.serializedBytes()
        } catch {
            throw GraphMisfit("the cut graph cannot be written")
        }
        self.init(bytes: bytes[...], picture: head.tensor, slope: tail.slope, offset: tail.offset)
    }
}

extension Onnx_GraphProto {
    fileprivate mutating func cut(
        _ index: GraphIndex, head: ResizedPicture, tail: GuidedFilterTail, ports: RecurrentGraph.Ports
    ) throws(GraphMisfit) {
        guard let pictureInput = input.first(where: { $0.name == ports.picture }),
            let foregroundOutput = output.first(where: { $0.name == ports.foreground }),
            output.contains(where: { $0.name == ports.alpha })
        else { throw GraphMisfit("an input or output is missing") }
        let kept = output.filter { $0.name != ports.alpha && $0.name != ports.foreground }
        guard !kept.contains(where: { $0.name == tail.slope || $0.name == tail.offset }) else {
            throw GraphMisfit("slope or offset is a result already")
        }
        let (nodes, tensors) = index.reachable(
            from: kept.map(\.name) + [tail.slope, tail.offset], stoppingAt: head.tensor)
        for name in [ports.picture, ports.ratio] where tensors.contains(name) {
            throw GraphMisfit("'\(name)' is used by more than the first and last steps")
        }
        guard tensors.contains(head.tensor) else { throw GraphMisfit("the resized picture has no effect") }

        node = nodes.map { index.graph.node[$0] }
        initializer = initializer.filter { tensors.contains($0.name) }
        // Sizes noted for tensors are those of the whole graph; engines find them anew.
        valueInfo = []
        let known = Set(initializer.map(\.name))
        var inputs = input.filter { tensors.contains($0.name) || known.contains($0.name) }
        inputs.insert(pictureInput.described(as: head.tensor, type: head.elementType, channels: 3), at: 0)
        input = inputs
        output =
            [tail.slope, tail.offset].map {
                foregroundOutput.described(as: $0, type: index.castType(of: $0), channels: 4)
            } + kept
    }
}

extension GraphIndex {
    /// The nodes, in the graph's order, and the names of all tensors that `results` need.
    fileprivate func reachable(from results: [String], stoppingAt end: String) -> (nodes: [Int], tensors: Set<String>) {
        var open = results
        var tensors = Set(results)
        var nodes = Set<Int>()
        while let tensor = open.popLast() {
            guard tensor != end, let index = producerIndex(of: tensor), nodes.insert(index).inserted else { continue }
            for input in graph.node[index].input where !input.isEmpty && tensors.insert(input).inserted {
                open.append(input)
            }
        }
        return (nodes.sorted(), tensors)
    }

    /// ONNX's number of the type a Cast makes; nil where `tensor` is made by no Cast.
    fileprivate func castType(of tensor: String) -> Int? {
        producer(of: tensor).flatMap { $0.isStandard("Cast") ? $0.integer("to") : nil }
    }
}

extension Onnx_ValueInfoProto {
    /// The same kind of port for a picture on the network's grid.
    fileprivate func described(as name: String, type elementType: Int?, channels: Int64) -> Self {
        var port = self
        port.name = name
        if let elementType { port.type.tensorType.elemType = Int32(truncatingIfNeeded: elementType) }
        var dimensions = port.type.tensorType.shape.dim
        guard dimensions.count == 4 else { return port }
        dimensions[1].dimValue = channels
        dimensions[2].dimParam = "network_height"
        dimensions[3].dimParam = "network_width"
        port.type.tensorType.shape.dim = dimensions
        return port
    }
}
