/// The first step of a Robust Video Matting graph: the picture, brought to the network's size by the ratio.
struct ResizedPicture {
    let tensor: String
    /// ONNX's number where the picture is cast before; nil for the picture's own type.
    let elementType: Int?

    /// - Throws: where there is no such step, more than one, or it samples otherwise than PyTorch.
    init(in index: GraphIndex, picture: String, ratio: String) throws(GraphMisfit) {
        let steps = index.graph.node.filter { node in
            node.isStandard("Resize") && node.input.first.map { index.uncast($0) } == picture
        }
        guard let resize = steps.first, steps.count == 1, let output = resize.output.first else {
            throw GraphMisfit("the picture is resized \(steps.count) times at the start, not once")
        }
        guard resize.isHalfPixelLinear, resize.input.count == 3,
            let scales = index.node("Concat", making: resize.input[2]), scales.integer("axis") == 0,
            scales.input.count == 3, index.floats(scales.input[0]) == [1, 1], scales.input[1] == ratio,
            scales.input[2] == ratio
        else { throw GraphMisfit("the picture is not resized linearly by the ratio") }
        tensor = output
        let source = index.producer(of: resize.input[0])
        elementType = source.flatMap { $0.isStandard("Cast") ? $0.integer("to") : nil }
    }
}
