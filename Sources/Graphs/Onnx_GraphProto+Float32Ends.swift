extension Onnx_GraphProto {
    /// Gives inputs and outputs of 16 bits a Cast, so that whoever runs the graph deals with 32-bit numbers only.
    /// Inside, everything stays as it is.
    mutating func castEndsToFloat32() {
        let half = Int32(10)
        let inputs = openInputs.filter { input[$0].type.tensorType.elemType == half }
        let outputs = output.indices.filter { output[$0].type.tensorType.elemType == half }
        insert(
            at: inputs, outputs, prefix: "matte/half/",
            before: { .cast($0, to: Int64(half), as: $1) }, after: { .cast($0, to: 1, as: $1) })
        for place in inputs { input[place].type.tensorType.becomeFloat32() }
        for place in outputs { output[place].type.tensorType.becomeFloat32() }
    }
}

extension Onnx_TypeProto.Tensor {
    fileprivate mutating func becomeFloat32() {
        elemType = 1
        forgetNamedSizes()
    }
}

extension Onnx_NodeProto {
    /// - Parameter type: ONNX's number.
    fileprivate static func cast(_ input: String, to type: Int64, as output: String) -> Self {
        var target = Onnx_AttributeProto()
        target.name = "to"
        target.i = type
        target.type = 2
        var node = Self("Cast", named: "matte/cast/\(output)", [input], output)
        node.attribute = [target]
        return node
    }
}
