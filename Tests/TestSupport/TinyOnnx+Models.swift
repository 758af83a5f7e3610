extension TinyOnnx {
    /// RVM's interface with one state: the state is the running mean of the pictures' red planes,
    /// `state = (1 − kept)·red + kept·state before`, alpha is the state, the foreground 0.5·picture. `ratio` is added to
    /// the state and taken off again, so that it is used without an effect.
    ///
    /// A state of one pixel spreads over the picture, as RVM's does.
    ///
    /// - Parameter kept: how much of the state goes from picture to picture, 0…1.
    public static func recurrent(type: Int = 1, kept: Float = 0.5) -> [UInt8] {
        var tiny = TinyOnnx()
        tiny.constant("half", [1], [0.5])
        tiny.constant("kept", [1], [kept])
        tiny.constant("fresh", [1], [1 - kept])
        tiny.constant("zero", [1], [0])
        tiny.constant("first", integers: [0])
        tiny.constant("second", integers: [1])
        tiny.constant("channels", integers: [1])
        tiny.node("Slice", ["src", "first", "second", "channels"], "red")
        tiny.node("Mul", ["red", "fresh"], "new")
        tiny.node("Mul", ["r1i", "kept"], "old")
        tiny.node("Mul", ["downsample_ratio", "zero"], "nothing")
        tiny.node("Add", ["new", "old"], "mean")
        tiny.node("Add", ["mean", "nothing"], "r1o")
        tiny.node("Identity", ["r1o"], "pha")
        tiny.node("Mul", ["src", "half"], "fgr")
        return tiny.model(
            inputs: [
                Port("src", [1, 3, nil, nil], type: type), Port("r1i", [1, 1, nil, nil]), Port("downsample_ratio", [1]),
            ],
            outputs: [Port("fgr", [1, 3, nil, nil]), Port("pha", [1, 1, nil, nil]), Port("r1o", [1, 1, nil, nil])])
    }

    /// MODNet's interface: alpha is the mean of the (normalised) channels times `gain`.
    ///
    /// - Parameter side: a fixed height and width, or nil for any.
    public static func portrait(gain: Float = 1, side: Int? = nil) -> [UInt8] {
        var tiny = TinyOnnx()
        tiny.constant("gain", [1], [gain])
        tiny.node("ReduceMean", ["input"], "mean", [("axes", .ints([1])), ("keepdims", .int(1))])
        tiny.node("Mul", ["mean", "gain"], "output")
        return tiny.model(
            inputs: [Port("input", [1, 3, side, side])], outputs: [Port("output", [1, 1, side, side])])
    }
}

extension TinyOnnx {
    /// The interface of Background Matting V2: alpha is the mean of |src − bgr| times `gain`, the foreground is src, and
    /// outputs that nobody wants come too.
    public static func plate(gain: Float = 0.5) -> [UInt8] {
        var tiny = TinyOnnx()
        tiny.constant("gain", [1], [gain])
        tiny.node("Sub", ["src", "bgr"], "difference")
        tiny.node("Abs", ["difference"], "distance")
        tiny.node("ReduceMean", ["distance"], "mean", [("axes", .ints([1])), ("keepdims", .int(1))])
        tiny.node("Mul", ["mean", "gain"], "pha")
        tiny.node("Identity", ["src"], "fgr")
        tiny.node("Identity", ["mean"], "err_sm")
        return tiny.model(
            inputs: [Port("src", [1, 3, nil, nil]), Port("bgr", [1, 3, nil, nil])],
            outputs: [
                Port("pha", [1, 1, nil, nil]), Port("fgr", [1, 3, nil, nil]), Port("err_sm", [1, 1, nil, nil]),
            ])
    }
}
