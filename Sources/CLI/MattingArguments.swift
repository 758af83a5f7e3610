import ArgumentParser

struct MattingArguments: ParsableArguments {
    @Option(help: ArgumentHelp("A model card's name, or an ONNX file. (default: rvm-mobilenetv3)", valueName: "name"))
    var model: String?

    @Option(
        help: ArgumentHelp("What runs the network: auto, onnxruntime or openvino. (default: auto)", valueName: "name"))
    var engine: String?

    @Option(help: ArgumentHelp("cpu, cuda, cuda:N, gpu, npu, … (default: cpu)", valueName: "name"))
    var device: String?

    @Flag(help: "Fail where the device cannot be had, instead of using the CPU.")
    var requireDevice = false

    @Option(
        help: ArgumentHelp(
            "exact, or with 16-bit arithmetic where there is some: fast, or auto to be silent where not. (default: exact)",
            valueName: "name"))
    var precision: String?

    @Option(help: ArgumentHelp("Threads of the network. (default: all cores)", valueName: "count"))
    var threads: String?

    @Option(
        help: ArgumentHelp(
            "Size at which the network looks, as a part of the picture's. (default: 512/longer side, at most 1)",
            valueName: "number"))
    var ratio: String?

    @Option(
        help: ArgumentHelp(
            "Let each shot settle on its first frames before they count; 0 for none.", valueName: "count"))
    var warmUp: String?

    @Flag(
        inversion: .prefixedNo, help: "Start the network afresh at each cut. (default: --scene-cuts; a camera has none)"
    )
    var sceneCuts: Bool?

    @Option(
        help: ArgumentHelp(
            "A picture or clip of the empty room; auto makes one from what the subject uncovers.", valueName: "file"))
    var plate: String?

    @Option(
        help: ArgumentHelp(
            "Of what is not in the plate keep the subject alone, or also objects that touch it. (default: objects)",
            valueName: "subject|objects"))
    var plateKeep: String?

    @Option(help: ArgumentHelp("Shrink the matte by this many pixels.", valueName: "pixels"))
    var erode: String?

    @Option(help: ArgumentHelp("Grow the matte by this many pixels.", valueName: "pixels"))
    var dilate: String?

    @Option(help: ArgumentHelp("Soften the matte's edge.", valueName: "pixels"))
    var feather: String?

    @Option(help: ArgumentHelp("Alpha up to LO becomes 0, from HI up 1.", valueName: "lo,hi"))
    var levels: String?

    var settings: [Setting] {
        [Setting]([
            "model": model, "engine": engine, "device": device, "precision": precision, "threads": threads, "ratio": ratio,
            "warm-up": warmUp, "scene-cuts": sceneCuts.map(String.init), "plate": plate, "plate-keep": plateKeep,
            "erode": erode, "dilate": dilate,
            "feather": feather, "levels": levels,
        ]) + .flag("require-device", requireDevice)
    }
}
