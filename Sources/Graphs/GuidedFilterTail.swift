/// The full-resolution end of a Robust Video Matting graph, found by walking back from its two results:
///
///     fgr = clip(part 0…2 of y + src)      pha = clip(part 3 of y)
///     y = resize(slope) · concat(src, mean(src)) + resize(offset)
///
/// (deep guided filter: Wu et al., CVPR 2018, arXiv:1803.05619; in RVM section 3.3.)
struct GuidedFilterTail {
    /// Tensors of four channels on the network's own grid.
    let slope: String
    let offset: String

    /// - Throws: the first thing that is not as above.
    init(in index: GraphIndex, picture: String, alpha: String, foreground: String) throws(GraphMisfit) {
        let walk = Walk(index: index, picture: picture)
        let alphaPart = try walk.clipped(alpha)
        let split = try index.expect("Split", making: alphaPart)
        try walk.check(split: split)
        guard split.output[1] == index.uncast(alphaPart) else { throw GraphMisfit("'\(alpha)' is not the fourth part") }
        let sum = try index.expect("Add", making: try walk.clipped(foreground))
        guard let residual = walk.other(than: { index.uncast($0) == picture }, of: sum),
            index.uncast(residual) == split.output[0]
        else { throw GraphMisfit("'\(foreground)' is not the picture and the first three parts") }

        let line = try index.expect("Add", making: split.input[0])
        guard let product = line.input.first(where: { index.node("Mul", making: $0) != nil }),
            let resizedOffset = walk.other(than: { $0 == product }, of: line)
        else { throw GraphMisfit("there is no product and a sum before the parts") }
        let factors = try index.expect("Mul", making: product)
        guard let guide = factors.input.first(where: walk.isGuide),
            let resizedSlope = walk.other(than: { $0 == guide }, of: factors)
        else { throw GraphMisfit("no factor is the picture with its mean") }
        slope = try walk.enlarged(resizedSlope)
        offset = try walk.enlarged(resizedOffset)
        guard slope != offset else { throw GraphMisfit("slope and offset are one tensor") }
        try walk.check(slope: slope, offset: offset)
    }
}

/// The single steps of the way back.
private struct Walk {
    let index: GraphIndex
    let picture: String

    /// The operand of a node with two that does not fit `condition`, where the other one does.
    func other(than condition: (String) -> Bool, of node: Onnx_NodeProto) -> String? {
        guard node.input.count == 2, let first = node.input.firstIndex(where: condition) else { return nil }
        return node.input[1 - first]
    }

    /// What is brought into 0…1 to become `result`.
    func clipped(_ result: String) throws(GraphMisfit) -> String {
        let clip = try index.expect("Clip", making: result)
        let low: Float?
        let high: Float?
        if clip.input.count == 3 {
            low = index.floats(clip.input[1])?.first
            high = index.floats(clip.input[2])?.first
        } else {
            low = clip.float("min")
            high = clip.float("max")
        }
        guard let source = clip.input.first, low == 0, high == 1 else {
            throw GraphMisfit("'\(result)' is not limited to 0…1")
        }
        return source
    }

    /// Three channels and one.
    func check(split: Onnx_NodeProto) throws(GraphMisfit) {
        let sizes = split.integers("split") ?? (split.input.count == 2 ? index.integers(split.input[1]) : nil)
        guard !split.input.isEmpty, split.output.count == 2, sizes == [3, 1], split.isAlongChannels
        else {
            throw GraphMisfit("the result is not split into three channels and one")
        }
    }

    /// Whether `tensor` is the picture followed by the mean of its channels.
    func isGuide(_ tensor: String) -> Bool {
        index.node("Concat", making: tensor).map { index.isPictureWithMean($0, picture: picture) } ?? false
    }

    /// The tensor that is enlarged to the picture's size to become `result`.
    func enlarged(_ result: String) throws(GraphMisfit) -> String {
        let resize = try index.expect("Resize", making: result)
        guard resize.isHalfPixelLinear, resize.input.count == 4, index.isAbsent(resize.input[2]),
            endsWithPictureSize(resize.input[3])
        else { throw GraphMisfit("'\(result)' is not enlarged linearly to the picture's size") }
        return resize.input[0]
    }

    /// Whether `sizes` is two numbers (batch, channels) of something and then the picture's height and width.
    private func endsWithPictureSize(_ sizes: String) -> Bool {
        guard let concat = index.node("Concat", making: sizes), concat.integer("axis") == 0, concat.input.count == 2
        else { return false }
        func part(_ tensor: String, _ first: Int, _ last: Int) -> String? {
            guard let slice = index.node("Slice", making: tensor), slice.input.count == 4 || slice.input.count == 5,
                index.integers(slice.input[1]) == [first], index.integers(slice.input[2]) == [last],
                index.integers(slice.input[3]) == [0],
                slice.input.count == 4 || index.integers(slice.input[4]) == [1]
            else { return nil }
            return index.node("Shape", making: slice.input[0])?.input.first
        }
        return part(concat.input[0], 0, 2) != nil && part(concat.input[1], 2, 4).map(index.uncast) == picture
    }

    /// slope: a convolution with four results; offset: mean(y) − slope · mean(x), of four channels too.
    func check(slope: String, offset: String) throws(GraphMisfit) {
        guard index.channels(of: slope) == 4, index.node("Conv", making: slope) != nil else {
            throw GraphMisfit("the slope is no convolution to four channels")
        }
        let difference = try index.expect("Sub", making: offset)
        guard difference.input.count == 2, index.channels(of: offset) == 4,
            let product = index.node("Mul", making: difference.input[1]),
            product.input.contains(where: { index.uncast($0) == index.uncast(slope) })
        else { throw GraphMisfit("the offset is not a mean less slope times a mean, of four channels") }
    }
}

extension GraphIndex {
    /// Whether an optional input is left out: by name, or as a constant without elements.
    func isAbsent(_ tensor: String) -> Bool { tensor.isEmpty || floats(tensor)?.isEmpty == true }

    /// How many channels a result of convolutions and arithmetic has; nil where that cannot be told.
    func channels(of tensor: String, depth: Int = 0) -> Int? {
        guard depth < 8, let node = producer(of: uncast(tensor)) else { return nil }
        if node.isStandard("Relu"), let source = node.input.first { return channels(of: source, depth: depth + 1) }
        if node.isStandard("Conv") {
            guard node.input.count >= 2, let weights = initializer(uncast(node.input[1])), weights.dims.count == 4
            else { return nil }
            return Int(weights.dims[0])
        }
        guard ["Add", "Sub", "Mul"].contains(where: node.isStandard), node.input.count == 2 else { return nil }
        let first = channels(of: node.input[0], depth: depth + 1)
        return first == channels(of: node.input[1], depth: depth + 1) ? first : nil
    }
}

extension Onnx_NodeProto {
    /// A Resize that samples as PyTorch's bilinear interpolation without corner alignment.
    var isHalfPixelLinear: Bool {
        ["pytorch_half_pixel", "half_pixel"].contains(text("coordinate_transformation_mode"))
            && text("mode") == "linear"
            && integer("antialias") ?? 0 == 0
    }
}
