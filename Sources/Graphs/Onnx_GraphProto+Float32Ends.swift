extension Onnx_GraphProto {
    /// Gives inputs and outputs of 16 bits a Cast, so that whoever runs the graph deals with 32-bit numbers only.
    /// Inside, everything stays as it is.
    mutating func castEndsToFloat32() {
        let half = Int32(10)
        let constants = Set(initializer.map(\.name))
        var renamed: [String: String] = [:]
        var before: [Onnx_NodeProto] = []
        var after: [Onnx_NodeProto] = []
        for place in input.indices where input[place].type.tensorType.elemType == half {
            let name = input[place].name
            guard !constants.contains(name) else { continue }
            renamed[name] = "matte/half/\(name)"
            before.append(.cast(name, to: 10, as: "matte/half/\(name)"))
            input[place].type.tensorType.becomeFloat32()
        }
        for place in output.indices where output[place].type.tensorType.elemType == half {
            let name = output[place].name
            renamed[name] = "matte/half/\(name)"
            after.append(.cast("matte/half/\(name)", to: 1, as: name))
            output[place].type.tensorType.becomeFloat32()
        }
        replaceEnds(renamed, before: before, after: after)
    }
}

extension Onnx_TypeProto.Tensor {
    fileprivate mutating func becomeFloat32() {
        elemType = 1
        forgetNamedSizes()
    }

    /// The published files call the sides of all states "height" and "width", which differ. ONNX Runtime believes them
    /// where it looks for memory for the results of nodes beside these ports.
    mutating func forgetNamedSizes() {
        for place in shape.dim.indices where shape.dim[place].hasDimParam { shape.dim[place] = .init() }
    }
}

extension Onnx_TensorShapeProto.Dimension {
    fileprivate var hasDimParam: Bool { if case .dimParam = value { true } else { false } }
}

extension Onnx_NodeProto {
    /// - Parameter type: ONNX's number.
    fileprivate static func cast(_ input: String, to type: Int64, as output: String) -> Self {
        var target = Onnx_AttributeProto()
        target.name = "to"
        target.i = type
        target.type = 2
        var node = Self()
        node.opType = "Cast"
        node.name = "matte/cast/\(output)"
        node.input = [input]
        node.output = [output]
        node.attribute = [target]
        return node
    }
}
