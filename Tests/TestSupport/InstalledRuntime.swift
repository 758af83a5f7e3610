import Foundation

/// The engines' libraries that `make deps` installed. A test program does not lie in the checkout, so it has to be told.
public enum InstalledRuntime {
    /// Sets `MATTE_ONNXRUNTIME` and `MATTE_OPENVINO` for this process unless they are set; once.
    public static let located: Void = {
        let deps = RealModel.packageRoot.appending(path: ".deps")
        setenv("MATTE_ONNXRUNTIME", deps.appending(path: "onnxruntime").path, 0)
        setenv("MATTE_OPENVINO", deps.appending(path: "openvino").path, 0)
    }()
}
