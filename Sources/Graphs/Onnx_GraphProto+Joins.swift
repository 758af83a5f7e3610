import Foundation

extension Onnx_GraphProto {
    /// Leaves out joining along the channels where its result can be had without: together 3 % of OpenVINO's time, which
    /// copies pixel by pixel for each.
    mutating func leaveOutJoins() throws(GraphMisfit) {
        joinNothingThatWasSplit(try GraphIndex(self))
        appendMeanByConvolution(try GraphIndex(self))
        removeUnused()
    }

    /// All parts of a Split joined in their order are what was split: RVM parts the four channels of its last layer into
    /// foreground and alpha, and joins them at once for the guided filter.
    private mutating func joinNothingThatWasSplit(_ index: GraphIndex) {
        var renamed: [String: String] = [:]
        for concat in node where concat.isStandard("Concat") && concat.isAlongChannels && concat.output.count == 1 {
            guard let first = concat.input.first, let split = index.producer(of: first), split.isStandard("Split"),
                split.isAlongChannels, split.output == concat.input, let whole = split.input.first,
                !output.contains(where: { $0.name == concat.output[0] })
            else { continue }
            renamed[concat.output[0]] = whole
        }
        for place in node.indices { node[place].input = node[place].input.map { renamed[$0] ?? $0 } }
    }

    /// The picture followed by the mean of its channels is a convolution of it with one pixel.
    private mutating func appendMeanByConvolution(_ index: GraphIndex) {
        // A third has too few digits in 16 bits.
        guard let picture = input.first, picture.type.tensorType.elemType == 1 else { return }
        for place in node.indices where index.isPictureWithMean(node[place], picture: picture.name) {
            var weights = Onnx_TensorProto()
            weights.name = "matte/picture_with_mean_\(place)"
            weights.dataType = 1
            weights.dims = [4, 3, 1, 1]
            let rows: [Float] = [1, 0, 0, 0, 1, 0, 0, 0, 1] + Array(repeating: 1 / 3, count: 3)
            weights.rawData = rows.withUnsafeBytes { Data($0) }
            initializer.append(weights)
            node[place] = Onnx_NodeProto(
                "Conv", named: weights.name, [picture.name, weights.name], node[place].output[0])
        }
    }

    private mutating func removeUnused() {
        while true {
            let used = Set(node.flatMap(\.input) + output.map(\.name))
            let count = node.count
            node.removeAll { node in !node.output.contains { used.contains($0) } }
            if node.count == count { return }
        }
    }
}

extension GraphIndex {
    /// Whether `node` joins the three channels of `picture` and their mean.
    func isPictureWithMean(_ node: Onnx_NodeProto, picture: String) -> Bool {
        guard node.isStandard("Concat"), node.input.count == 2, node.output.count == 1, node.isAlongChannels,
            uncast(node.input[0]) == picture, let mean = self.node("ReduceMean", making: node.input[1]),
            let source = mean.input.first, uncast(source) == picture, mean.integer("keepdims") ?? 1 == 1
        else { return false }
        let axes = mean.integers("axes") ?? (mean.input.count == 2 ? integers(mean.input[1]) : nil)
        return axes == [1] || axes == [-3]
    }
}

extension Onnx_NodeProto {
    /// Of a Concat or a Split of tensors of four dimensions.
    var isAlongChannels: Bool { integer("axis") == 1 || integer("axis") == -3 }
}
