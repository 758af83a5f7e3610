extension Onnx_GraphProto {
    /// Lets the recurrent state go out and come in with its channels last, [1, height, width, channels], as OpenVINO's
    /// convolutions make and take it: between two runs nobody looks at it, and both ends need not reorder it. It takes
    /// some 4 % off OpenVINO's time; ONNX Runtime, which has layouts of its own, takes as long either way.
    ///
    /// - Parameters:
    ///   - picture: the only input that is no state.
    ///   - results: the outputs that are no states.
    mutating func keepStatesChannelsLast(besides picture: String, _ results: [String]) {
        let inputs = openInputs.filter { input[$0].name != picture }
        let outputs = output.indices.filter { !results.contains(output[$0].name) }
        guard inputs.allSatisfy({ input[$0].hasFourDimensions }), outputs.allSatisfy({ output[$0].hasFourDimensions })
        else { return }
        insert(
            at: inputs, outputs, prefix: "matte/channels_first/",
            before: { .transpose($0, [0, 3, 1, 2], as: $1) }, after: { .transpose($0, [0, 2, 3, 1], as: $1) })
        for place in inputs { input[place].putChannelsLast() }
        for place in outputs { output[place].putChannelsLast() }
    }
}

extension Onnx_ValueInfoProto {
    fileprivate var hasFourDimensions: Bool { type.tensorType.shape.dim.count == 4 }

    fileprivate mutating func putChannelsLast() {
        let dimensions = type.tensorType.shape.dim
        type.tensorType.shape.dim = [0, 2, 3, 1].map { dimensions[$0] }
        type.tensorType.forgetNamedSizes()
    }
}

extension Onnx_NodeProto {
    fileprivate static func transpose(_ input: String, _ order: [Int64], as output: String) -> Self {
        var permutation = Onnx_AttributeProto()
        permutation.name = "perm"
        permutation.ints = order
        permutation.type = 7
        var node = Self("Transpose", named: "matte/transpose/\(output)", [input], output)
        node.attribute = [permutation]
        return node
    }
}
