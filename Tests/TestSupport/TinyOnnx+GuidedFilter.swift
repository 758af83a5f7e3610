extension TinyOnnx {
    /// Ways in which a graph is not the published one.
    public enum Deviation: String, CaseIterable, Sendable {
        case extraConsumer, extraRatioConsumer, otherChannelCount, missingResize, nearestResize, otherScales, otherSizes
        case otherLimits, otherSplit, swappedParts, meanOfOther, noCoefficients, twiceResized, circle, subgraph
    }

    /// Which of the published files the graph is like.
    public struct Form: Sendable {
        /// A Cast (float32 to float32) around each Resize, as converters to 16 bits put them.
        public var casts = false
        /// float16 inside and at all ports but the ratio's, as the authors' own files of 16 bits.
        public var isHalf = false
        /// Steps like ResNet's in the place of MobileNetV3's.
        public var isResidual = false

        public init(casts: Bool = false, isHalf: Bool = false, isResidual: Bool = false) {
            (self.casts, self.isHalf, self.isResidual) = (casts, isHalf, isResidual)
        }
    }

    /// Robust Video Matting's first and last steps with one-by-one convolutions between, and one state (a mean of
    /// brightness): the ends are as in the published files, operator by operator.
    public static func guidedFilter(_ deviation: Deviation? = nil, form: Form = Form()) -> [UInt8] {
        var tiny = TinyOnnx()
        tiny.addConstants(deviation, isHalf: form.isHalf)
        func cast(_ name: String) -> String {
            guard form.casts else { return name }
            tiny.node("Cast", [name], name + "_cast", [("to", .int(1))])
            return name + "_cast"
        }
        let linear: [(String, Attribute)] = [
            ("coordinate_transformation_mode", .text("pytorch_half_pixel")), ("mode", .text("linear")),
        ]
        // In.
        tiny.node("Concat", ["ones", "downsample_ratio", "downsample_ratio"], "scales", [("axis", .int(0))])
        let scales = deviation == .otherScales ? "fixed_scales" : "scales"
        tiny.node("Resize", [cast("src"), "empty", scales], "small_", linear)
        let small = cast("small_")
        if deviation == .twiceResized { tiny.node("Resize", ["src", "empty", "scales"], "second", linear) }
        // Between.
        tiny.node("ReduceMean", [small], "small_mean", [("axes", .ints([1])), ("keepdims", .int(1))])
        tiny.node("Concat", [small, "small_mean"], "x", [("axis", .int(1))])
        tiny.node("Conv", ["x", "identity"], "mean_x")
        tiny.node("Conv", ["x", "mix"], "mean_y")
        tiny.node("Mul", ["small_mean", "half"], "new")
        tiny.node("Mul", ["r1i", "half"], "old")
        tiny.node("Add", ["new", "old"], deviation == .extraConsumer || deviation == .extraRatioConsumer ? "s" : "r1o")
        if deviation == .extraConsumer {
            tiny.node("ReduceMean", ["src"], "level", [("axes", .ints([1, 2, 3])), ("keepdims", .int(1))])
            tiny.node("Add", ["s", "level"], "r1o")
        }
        if deviation == .extraRatioConsumer { tiny.node("Add", ["s", "downsample_ratio"], "r1o") }
        tiny.addFeatures(of: small, form)
        tiny.node("Mul", ["mean_y", deviation == .circle ? "product" : "r1o"], "weighted")
        tiny.node("Add", ["weighted", "features"], "before")
        tiny.node("Conv", ["before", "coefficients"], "slope_")
        tiny.node("Mul", ["slope_", "mean_x"], "level_out")
        tiny.node("Sub", ["mean_y", "level_out"], "offset_")
        tiny.addEnd(deviation, slope: cast("slope_"), offset: cast("offset_"), linear: linear, cast: form.casts)
        func port(_ name: String, _ channels: Int) -> Port {
            Port(name, [1, channels, nil, nil], type: form.isHalf ? 10 : 1)
        }
        return tiny.model(
            inputs: [port("src", 3), port("r1i", 1), Port("downsample_ratio", [1])],
            outputs: [port("fgr", 3), port("pha", 1), port("r1o", 1)])
    }

    /// Sixteen channels, x · HardSigmoid(x) of them (or a residual block with Relu), and these with the picture's three
    /// into a convolution to four.
    private mutating func addFeatures(of small: String, _ form: Form) {
        func constant(_ name: String, _ shape: [Int], _ values: [Float]) {
            self.constant(name, shape, values, isHalf: form.isHalf)
        }
        constant("wide", [16, 3, 1, 1], (0..<48).map { Float(($0 * 7) % 13) / 4 - 1.5 })
        constant("narrow", [4, 19, 1, 1], (0..<76).map { Float(($0 * 5) % 11) / 40 - 0.1 })
        node("Conv", [small, "wide"], "wide_x")
        if form.isResidual {
            constant("block", [16, 16, 1, 1], (0..<256).map { Float(($0 * 3) % 17) / 80 - 0.1 })
            node("Relu", ["wide_x"], "relu")
            node("Conv", ["relu", "block"], "inner")
            node("Add", ["inner", "relu"], "outer")
            node("Relu", ["outer"], "swish")
        } else {
            node("HardSigmoid", ["wide_x"], "gate", [("alpha", .float(1 / 6))])
            node("Mul", ["gate", "wide_x"], "swish")
        }
        node("Concat", ["swish", small], "wide_and_small", [("axis", .int(1))])
        node("Conv", ["wide_and_small", "narrow"], "features")
    }

    private mutating func addConstants(_ deviation: Deviation?, isHalf: Bool) {
        // Sizes and factors are of 32 bits in every file.
        constant("ones", [2], [1, 1])
        constant("fixed_scales", [4], [1, 1, 0.5, 0.5])
        constant("empty", [0], [])
        func constant(_ name: String, _ shape: [Int], _ values: [Float]) {
            self.constant(name, shape, values, isHalf: isHalf)
        }
        constant("half", [1], [0.5])
        constant("zero", [], [0])
        constant("one", [], [deviation == .otherLimits ? 2 : 1])
        constant("identity", [4, 4, 1, 1], (0..<16).map { $0 % 5 == 0 ? 1 : 0 })
        constant("mix", [4, 4, 1, 1], (0..<16).map { Float(($0 * 7) % 11) / 22 })
        let channels = deviation == .otherChannelCount ? 1 : 4
        constant(
            "coefficients", [channels, 4, 1, 1], (0..<4 * channels).map { Float(($0 * 5) % 7) / 7 - 0.4 })
        for number in [0, 1, 2, 4] { self.constant("i\(number)", integers: [number]) }
    }

    /// From the coefficients to the results.
    private mutating func addEnd(
        _ deviation: Deviation?, slope: String, offset: String, linear: [(String, Attribute)], cast: Bool
    ) {
        var mode = linear
        if deviation == .nearestResize { mode[1].1 = .text("nearest") }
        for (name, source) in [("slope", slope), ("offset", offset)] {
            node("Shape", [source], name + "_shape")
            node("Slice", [name + "_shape", "i0", "i2", "i0"], name + "_count")
            node("Shape", ["src"], name + "_picture")
            node("Slice", [name + "_picture", "i2", "i4", "i0"], name + "_size")
            let size = deviation == .otherSizes ? "_shape" : "_sizes"
            node("Concat", [name + "_count", name + "_size"], name + "_sizes", [("axis", .int(0))])
            node("Resize", [source, "empty", "empty", name + size], name + "_resized", mode)
            if cast { node("Cast", [name + "_resized"], name + "_large", [("to", .int(1))]) }
        }
        let suffix = cast ? "_large" : "_resized"
        let mean = deviation == .meanOfOther ? "half_src" : "src"
        if deviation == .meanOfOther { node("Mul", ["src", "half"], "half_src") }
        node("ReduceMean", [mean], "mean", [("axes", .ints([1])), ("keepdims", .int(1))])
        node("Concat", ["src", "mean"], "guide", [("axis", .int(1))])
        let offsetLarge = deviation == .missingResize ? "guide" : "offset" + suffix
        node("Mul", [deviation == .noCoefficients ? "half" : "slope" + suffix, "guide"], "product")
        node("Add", ["product", offsetLarge], "y")
        let parts = deviation == .otherSplit ? [2, 2] : [3, 1]
        constant("parts", integers: parts)
        node("Split", ["y", "parts"], ["color", "single"], [("axis", .int(1))])
        let swapped = deviation == .swappedParts
        node("Add", [swapped ? "single" : "color", "src"], "sum")
        if deviation == .subgraph { node("If", ["half"], "never", [("then_branch", .graph([]))]) }
        node("Clip", ["sum", "zero", "one"], "fgr")
        node("Clip", [swapped ? "color" : "single", "zero", "one"], "pha")
    }
}
