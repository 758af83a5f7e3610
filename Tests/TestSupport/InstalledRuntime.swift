import Foundation

/// The ONNX Runtime that `make deps` installed. A test program does not lie in the checkout, so it has to be told.
public enum InstalledRuntime {
    /// Sets `MATTE_ONNXRUNTIME` for this process unless it is set; once.
    public static let located: Void = {
        setenv("MATTE_ONNXRUNTIME", RealModel.packageRoot.appending(path: ".deps/onnxruntime").path, 0)
    }()
}
