extension TinyOnnx {
    /// How a network writes its alpha.
    public enum AlphaShape: String, CaseIterable, Sendable {
        case channelsFirst, noChannel, channelLast, secondOfTwo
    }

    /// A frame-by-frame interface with other names than MODNet's: alpha is the first channel of what is put in.
    public static func firstChannel(_ shape: AlphaShape = .channelsFirst, side: Int? = nil) -> [UInt8] {
        var tiny = TinyOnnx()
        tiny.slice("img", 0, 1, "first")
        switch shape {
        case .channelsFirst: tiny.node("Identity", ["first"], "alpha")
        case .noChannel: tiny.node("ReduceMean", ["first"], "alpha", [("axes", .ints([1])), ("keepdims", .int(0))])
        case .channelLast: tiny.node("Transpose", ["first"], "alpha", [("perm", .ints([0, 2, 3, 1]))])
        case .secondOfTwo:
            tiny.constant("one", [1], [1])
            tiny.node("Sub", ["one", "first"], "rest")
            tiny.node("Concat", ["rest", "first"], "alpha", [("axis", .int(1))])
        }
        let result: [Int?] =
            switch shape {
            case .channelsFirst: [1, 1, side, side]
            case .noChannel: [1, side, side]
            case .channelLast: [1, side, side, 1]
            case .secondOfTwo: [1, 2, side, side]
            }
        return tiny.model(inputs: [Port("img", [1, 3, side, side])], outputs: [Port("alpha", result)])
    }

    /// U²-Net's interface: one fixed size, and seven masks of which the first counts: the mean of the channels.
    public static func saliency(side: Int) -> [UInt8] {
        var tiny = TinyOnnx()
        tiny.constant("zero", [1], [0])
        tiny.node("ReduceMean", ["input.1"], "d0", [("axes", .ints([1])), ("keepdims", .int(1))])
        for index in 1..<7 { tiny.node("Mul", ["d0", "zero"], "d\(index)") }
        return tiny.model(
            inputs: [Port("input.1", [1, 3, side, side])],
            outputs: (0..<7).map { Port("d\($0)", [1, 1, side, side]) })
    }

    /// How a network takes its trimap.
    public enum TrimapForm: String, CaseIterable, Sendable {
        /// As the picture's fourth channel (Deep Image Matting, ViTMatte).
        case fourthChannel
        case ownInput
        /// Surely background, surely foreground (FBA).
        case ownInputOfTwo
    }

    /// Alpha is half the trimap (0, 0.5, 1) and half the mean of the channels.
    public static func trimap(_ form: TrimapForm) -> [UInt8] {
        var tiny = TinyOnnx()
        tiny.constant("half", [1], [0.5])
        var inputs = [Port("pixel_values", [1, 3, nil, nil])]
        var picture = "pixel_values"
        switch form {
        case .fourthChannel:
            inputs = [Port("pixel_values", [1, 4, nil, nil])]
            tiny.slice("pixel_values", 0, 3, "rgb")
            tiny.slice("pixel_values", 3, 4, "given")
            picture = "rgb"
        case .ownInput:
            inputs.append(Port("trimap", [1, 1, nil, nil]))
            tiny.node("Identity", ["trimap"], "given")
        case .ownInputOfTwo:
            inputs.append(Port("trimap", [1, 2, nil, nil]))
            tiny.slice("trimap", 0, 1, "background")
            tiny.slice("trimap", 1, 2, "foreground")
            tiny.node("Sub", ["foreground", "background"], "signed")
            tiny.node("Mul", ["signed", "half"], "halved")
            tiny.node("Add", ["halved", "half"], "given")
        }
        tiny.node("ReduceMean", [picture], "mean", [("axes", .ints([1])), ("keepdims", .int(1))])
        tiny.node("Add", ["mean", "given"], "sum")
        tiny.node("Mul", ["sum", "half"], "alphas")
        return tiny.model(inputs: inputs, outputs: [Port("alphas", [1, 1, nil, nil])])
    }

    private mutating func slice(_ input: String, _ start: Int, _ end: Int, _ output: String) {
        constant("\(output)_start", integers: [start])
        constant("\(output)_end", integers: [end])
        constant("\(output)_axis", integers: [1])
        node("Slice", [input, "\(output)_start", "\(output)_end", "\(output)_axis"], output)
    }
}
