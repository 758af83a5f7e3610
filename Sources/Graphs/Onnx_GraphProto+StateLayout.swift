extension Onnx_GraphProto {
    /// Lets the recurrent state go out and come in with its channels last, [1, height, width, channels], as OpenVINO's
    /// convolutions make and take it: between two runs nobody looks at it, and both ends need not reorder it. It takes
    /// some 4 % off OpenVINO's time; ONNX Runtime, which has layouts of its own, takes as long either way.
    ///
    /// - Parameters:
    ///   - picture: the only input that is no state.
    ///   - results: the outputs that are no states.
    mutating func keepStatesChannelsLast(besides picture: String, _ results: [String]) {
        let constants = Set(initializer.map(\.name))
        let inputs = input.indices.filter { input[$0].name != picture && !constants.contains(input[$0].name) }
        let outputs = output.indices.filter { !results.contains(output[$0].name) }
        guard inputs.allSatisfy({ input[$0].hasFourDimensions }), outputs.allSatisfy({ output[$0].hasFourDimensions })
        else { return }
        var renamed: [String: String] = [:]
        var before: [Onnx_NodeProto] = []
        var after: [Onnx_NodeProto] = []
        for place in inputs {
            let name = input[place].name
            renamed[name] = "matte/channels_first/\(name)"
            before.append(.transpose(name, [0, 3, 1, 2], as: "matte/channels_first/\(name)"))
            input[place].putChannelsLast()
        }
        for place in outputs {
            let name = output[place].name
            renamed[name] = "matte/channels_first/\(name)"
            after.append(.transpose("matte/channels_first/\(name)", [0, 2, 3, 1], as: name))
            output[place].putChannelsLast()
        }
        replaceEnds(renamed, before: before, after: after)
    }

    /// Puts nodes before and after all others, which see the tensors in `renamed` by other names from now on.
    mutating func replaceEnds(_ renamed: [String: String], before: [Onnx_NodeProto], after: [Onnx_NodeProto]) {
        guard !renamed.isEmpty else { return }
        for place in node.indices {
            node[place].input = node[place].input.map { renamed[$0] ?? $0 }
            node[place].output = node[place].output.map { renamed[$0] ?? $0 }
        }
        node = before + node + after
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
        var node = Self()
        node.opType = "Transpose"
        node.name = "matte/transpose/\(output)"
        node.input = [input]
        node.output = [output]
        node.attribute = [permutation]
        return node
    }
}
