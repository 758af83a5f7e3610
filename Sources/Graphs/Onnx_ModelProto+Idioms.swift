internal import Foundation

extension Onnx_ModelProto {
    /// Says the same in operators that engines run faster; results stay equal but for rounding.
    ///
    /// Nothing that does not fit exactly is touched.
    mutating func rewriteIdioms() throws(GraphMisfit) {
        graph.splitConcatenations(try GraphIndex(graph))
        guard raiseOperatorSet() else { return }
        graph.mergeHardSwish(try GraphIndex(graph))
    }

    /// Goes to operator set 14, the first with HardSwish, where all operators are known to mean the same in both.
    private mutating func raiseOperatorSet() -> Bool {
        let known: Set = [
            "Add", "AveragePool", "Cast", "Clip", "Concat", "Constant", "Conv", "Div", "Expand", "Gemm",
            "GlobalAveragePool", "HardSigmoid", "Identity", "MaxPool", "Mul", "ReduceMean", "Relu", "Reshape", "Resize",
            "Shape", "Sigmoid", "Slice", "Split", "Sub", "Tanh",
        ]
        guard opsetImport.count == 1, opsetImport[0].domain.isEmpty || opsetImport[0].domain == "ai.onnx",
            (11...13).contains(opsetImport[0].version), irVersion >= 4,
            graph.node.allSatisfy({ node in known.contains(where: node.isStandard) }),
            graph.node.contains(where: { $0.isStandard("HardSigmoid") })
        else { return false }
        // From 13 on the sizes of a Split are an input.
        for index in graph.node.indices where graph.node[index].isStandard("Split") {
            guard let sizes = graph.node[index].integers("split") else { continue }
            var tensor = Onnx_TensorProto()
            tensor.name = unusedName("split_\(index)")
            tensor.dataType = 7
            tensor.dims = [Int64(sizes.count)]
            tensor.int64Data = sizes.map { Int64($0) }
            graph.node[index].attribute.removeAll { $0.name == "split" }
            graph.node[index].input = Array(graph.node[index].input.prefix(1)) + [tensor.name]
            graph.initializer.append(tensor)
        }
        opsetImport[0].version = 14
        irVersion = max(irVersion, 7)
        return true
    }

    private func unusedName(_ name: String) -> String { graph.unusedName(name) }
}

extension Onnx_GraphProto {
    /// A name that no tensor has, as long as names of this kind are given only here.
    fileprivate func unusedName(_ name: String) -> String { "matte/\(name)" }

    /// x · HardSigmoid(x) with slope 1/6 and offset 1/2 is HardSwish(x). OpenVINO takes 8 % off its time for it.
    fileprivate mutating func mergeHardSwish(_ index: GraphIndex) {
        let uses = index.useCounts
        var merged = Set<Int>()
        for (place, node) in index.graph.node.enumerated() where node.isStandard("Mul") && node.input.count == 2 {
            for (x, gate) in [(node.input[0], node.input[1]), (node.input[1], node.input[0])] {
                guard let sigmoidPlace = index.producerIndex(of: gate), uses[gate] == 1 else { continue }
                let sigmoid = index.graph.node[sigmoidPlace]
                guard sigmoid.isStandard("HardSigmoid"), sigmoid.input == [x],
                    abs((sigmoid.float("alpha") ?? 0.2) - 1 / 6) < 1e-6, (sigmoid.float("beta") ?? 0.5) == 0.5
                else { continue }
                self.node[place].opType = "HardSwish"
                self.node[place].input = [x]
                self.node[place].attribute = []
                merged.insert(sigmoidPlace)
                break
            }
        }
        node = node.enumerated().filter { !merged.contains($0.offset) }.map(\.element)
    }

    /// Conv(concat(a, b)) becomes Conv(a) + Conv(b) where the number of channels is no multiple of four, which ONNX
    /// Runtime's blocked convolutions need: RVM appends the three channels of the small picture to its features. The
    /// network takes a fifth less time for it.
    fileprivate mutating func splitConcatenations(_ index: GraphIndex) {
        let uses = index.useCounts
        var replacements: [Int: [Onnx_NodeProto]] = [:]
        for (place, conv) in index.graph.node.enumerated() where conv.isStandard("Conv") && conv.input.count >= 2 {
            guard let concatPlace = index.producerIndex(of: conv.input[0]), uses[conv.input[0]] == 1,
                uses[conv.input[1]] == 1, let weights = index.initializer(conv.input[1]), !conv.output.isEmpty
            else { continue }
            let concat = index.graph.node[concatPlace]
            guard concat.isStandard("Concat"), concat.integer("axis") == 1, concat.input.count >= 2,
                conv.integer("group") ?? 1 == 1, weights.dims.count == 4, weights.dims[1] > 16,
                weights.dims[1] % 4 == 3,
                let parts = weights.splitInput(last: 3, names: ("matte/first_\(place)", "matte/last_\(place)"))
            else { continue }
            let last = concat.input[concat.input.count - 1]
            // The last part must be known to have the three channels that are split off.
            guard index.isPooled(last, from: index.graph.input.first?.name) else { continue }
            let rest = Array(concat.input.dropLast())
            var nodes: [Onnx_NodeProto] = []
            var first = conv
            if rest.count > 1 {
                var shorter = concat
                shorter.input = rest
                nodes.append(shorter)
            } else {
                first.input[0] = rest[0]
            }
            first.input[1] = parts.first.name
            first.output = ["matte/first_result_\(place)"]
            first.name = "matte/first_conv_\(place)"
            var second = conv
            second.input = [last, parts.last.name]
            second.output = ["matte/last_result_\(place)"]
            second.name = "matte/last_conv_\(place)"
            var sum = Onnx_NodeProto()
            sum.opType = "Add"
            sum.name = "matte/sum_\(place)"
            sum.input = [first.output[0], second.output[0]]
            sum.output = [conv.output[0]]
            replacements[concatPlace] = []
            replacements[place] = nodes + [first, second, sum]
            initializer.removeAll { $0.name == weights.name }
            initializer += [parts.first, parts.last]
        }
        node = node.enumerated().flatMap { replacements[$0.offset] ?? [$0.element] }
    }
}

extension GraphIndex {
    /// How often each tensor is an input or a result.
    fileprivate var useCounts: [String: Int] {
        var counts: [String: Int] = [:]
        for name in graph.node.flatMap(\.input) + graph.output.map(\.name) { counts[name, default: 0] += 1 }
        return counts
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
    /// Weights [out, in, height, width] in two: for all input channels but the last ones, and for these. Nil where the
    /// numbers do not lie in the file as floats of 32 or 16 bits.
    fileprivate func splitInput(
        last count: Int, names: (first: String, last: String)
    ) -> (first: Onnx_TensorProto, last: Onnx_TensorProto)? {
        let sides = dims.map { Int($0) }
        guard let element = [1: 4, 10: 2][dataType], sides.count == 4,
            sides.allSatisfy({ $0 > 0 && $0 < 1 << 15 }), sides[1] > count, rawData.count == sides.reduce(element, *)
        else { return nil }
        let kernel = element * sides[2] * sides[3]
        let row = sides[1] * kernel
        let kept = (sides[1] - count) * kernel
        func part(_ name: String, _ channels: Int, _ range: Range<Int>) -> Onnx_TensorProto {
            var part = self
            part.name = name
            part.dims[1] = Int64(channels)
            var bytes = Data(capacity: sides[0] * range.count)
            for start in stride(from: rawData.startIndex, to: rawData.endIndex, by: row) {
                bytes.append(rawData[start + range.lowerBound..<start + range.upperBound])
            }
            part.rawData = bytes
            return part
        }
        return (part(names.first, sides[1] - count, 0..<kept), part(names.last, count, kept..<row))
    }
}
