/// A network ready to run. Used by one thread at a time; its own threads are its own affair.
public protocol InferenceSession: AnyObject {
    var inputs: [TensorDescription] { get }
    var outputs: [TensorDescription] { get }
    /// The engine with its version ("onnxruntime 1.31.1").
    var engineName: String { get }
    /// What it really runs on ("cpu", "cuda:0"), which after a fall-back is not what was asked for.
    var deviceName: String { get }

    /// Runs the network once.
    ///
    /// - Parameters:
    ///   - inputs: every input by name. The memory is read where it lies.
    ///   - outputs: names of the results wanted.
    /// - Returns: the results in the order asked for; their memory lives as long as they do.
    /// - Throws: `.internal` with the engine's words.
    func run(inputs: [(name: String, tensor: Tensor)], outputs: [String]) throws -> [Tensor]
}
