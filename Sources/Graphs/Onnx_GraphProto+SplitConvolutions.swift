internal import Foundation

extension Onnx_GraphProto {
    /// Conv(concat(a, b)) becomes Conv(a) + Conv(b) where that is faster (`GraphIndex.parts`).
    mutating func splitConcatenations(_ index: GraphIndex) {
        let uses = index.useCounts
        var replacements: [Int: [Onnx_NodeProto]] = [:]
        for (place, conv) in index.graph.node.enumerated() where conv.isStandard("Conv") && conv.input.count >= 2 {
            guard let concatPlace = index.producerIndex(of: conv.input[0]), uses[conv.input[0]] == 1,
                uses[conv.input[1]] == 1, let weights = index.initializer(conv.input[1]), !conv.output.isEmpty
            else { continue }
            let concat = index.graph.node[concatPlace]
            guard concat.isStandard("Concat"), concat.isAlongChannels, conv.integer("group") ?? 1 == 1,
                let parts = index.parts(of: concat, for: weights),
                let partWeights = weights.splitInput(parts.map(\.channels), name: "matte/weights_\(place)")
            else { continue }
            var nodes: [Onnx_NodeProto] = []
            var sum = ""
            for (number, part) in parts.enumerated() {
                var convolution = conv
                convolution.name = "matte/conv_\(place)_\(number)"
                convolution.output = ["matte/part_\(place)_\(number)"]
                if part.tensors.count > 1 {
                    var shorter = concat
                    shorter.input = part.tensors
                    nodes.append(shorter)
                } else {
                    convolution.input[0] = part.tensors[0]
                }
                // The bias is added once, with the first part.
                convolution.input[1] = partWeights[number].name
                if number > 0 { convolution.input = Array(convolution.input.prefix(2)) }
                nodes.append(convolution)
                guard number > 0 else {
                    sum = convolution.output[0]
                    continue
                }
                let name = "matte/sum_\(place)_\(number)"
                let whole = number == parts.count - 1 ? conv.output[0] : name
                nodes.append(Onnx_NodeProto("Add", named: name, [sum, convolution.output[0]], whole))
                sum = whole
            }
            replacements[concatPlace] = []
            replacements[place] = nodes
            initializer.removeAll { $0.name == weights.name }
            initializer += partWeights
        }
        node = node.enumerated().flatMap { replacements[$0.offset] ?? [$0.element] }
    }
}

extension GraphIndex {
    /// Tensors joined before a convolution, with their channels, that had better be convolved each by itself; nil where
    /// joining them is as good, or their channels cannot be told.
    ///
    /// - RVM appends the three channels of the small picture to its features, so that their number is no multiple of
    ///   four, which ONNX Runtime's blocked convolutions need: the network takes a fifth less time without.
    /// - A convolution with one pixel takes hardly longer than the joining, as in RVM's guided filter: OpenVINO's time
    ///   goes down by 2 %.
    fileprivate func parts(
        of concat: Onnx_NodeProto, for weights: Onnx_TensorProto
    ) -> [(tensors: [String], channels: Int)]? {
        guard weights.dims.count == 4, concat.input.count >= 2, let last = concat.input.last else { return nil }
        let whole = Int(weights.dims[1])
        if whole > 16, whole % 4 == 3, isPooled(last, from: graph.input.first?.name) {
            return [(Array(concat.input.dropLast()), whole - 3), ([last], 3)]
        }
        let channels = concat.input.map { self.channels(of: $0) }
        guard weights.dims[2...] == [1, 1], !channels.contains(nil), channels.reduce(0, { $0 + ($1 ?? 0) }) == whole
        else { return nil }
        return zip(concat.input, channels).map { ([$0], $1 ?? 0) }
    }

    /// Whether `tensor` is the input `picture`, at most averaged over neighbours: it has as many channels.
    fileprivate func isPooled(_ tensor: String, from picture: String?) -> Bool {
        var tensor = tensor
        for _ in 0..<8 {
            if tensor == picture { return true }
            guard let node = producer(of: tensor), node.isStandard("AveragePool"), let source = node.input.first else {
                return false
            }
            tensor = source
        }
        return false
    }
}

extension Onnx_TensorProto {
    /// Weights [out, in, height, width] in parts of so many input channels. Nil where the numbers do not lie in the file
    /// as floats of 32 or 16 bits.
    fileprivate func splitInput(_ channels: [Int], name: String) -> [Onnx_TensorProto]? {
        let sides = dims.map { Int($0) }
        guard let element = [1: 4, 10: 2][dataType], sides.count == 4,
            sides.allSatisfy({ $0 > 0 && $0 < 1 << 15 }), channels.allSatisfy({ $0 > 0 }),
            channels.reduce(0, +) == sides[1], rawData.count == sides.reduce(element, *)
        else { return nil }
        let kernel = element * sides[2] * sides[3]
        let row = sides[1] * kernel
        var start = rawData.startIndex
        return channels.enumerated().map { number, count in
            var part = self
            part.name = "\(name)_\(number)"
            part.dims[1] = Int64(count)
            var bytes = Data(capacity: sides[0] * count * kernel)
            for first in stride(from: start, to: rawData.endIndex, by: row) {
                bytes.append(rawData[first..<first + count * kernel])
            }
            start += count * kernel
            part.rawData = bytes
            return part
        }
    }
}
