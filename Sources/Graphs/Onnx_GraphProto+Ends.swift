extension Onnx_GraphProto {
    /// Puts a node behind each of some inputs and one before each of some outputs. All other nodes see, by the port's name
    /// with `prefix` before it, what the one makes and the other takes.
    ///
    /// - Parameters:
    ///   - inputs: places in `input`.
    ///   - outputs: places in `output`.
    ///   - before: makes the inner tensor from the port's.
    ///   - after: makes the port's tensor from the inner one.
    mutating func insert(
        at inputs: [Int], _ outputs: [Int], prefix: String,
        before: (_ port: String, _ inner: String) -> Onnx_NodeProto,
        after: (_ inner: String, _ port: String) -> Onnx_NodeProto
    ) {
        let (ins, outs) = (inputs.map { input[$0].name }, outputs.map { output[$0].name })
        let renamed = Dictionary((ins + outs).map { ($0, prefix + $0) }) { first, _ in first }
        guard !renamed.isEmpty else { return }
        for place in node.indices {
            node[place].input = node[place].input.map { renamed[$0] ?? $0 }
            node[place].output = node[place].output.map { renamed[$0] ?? $0 }
        }
        node = ins.map { before($0, prefix + $0) } + node + outs.map { after(prefix + $0, $0) }
    }

    /// Places of the inputs that are no constants: files may list these, too.
    var openInputs: [Int] {
        let constants = Set(initializer.map(\.name))
        return input.indices.filter { !constants.contains(input[$0].name) }
    }
}

extension Onnx_TypeProto.Tensor {
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
    init(_ type: String, named name: String, _ inputs: [String], _ output: String) {
        self.init()
        opType = type
        self.name = name
        input = inputs
        self.output = [output]
    }
}
