/// A network ready to run. Used by one thread at a time; its own threads are its own affair.
public protocol InferenceSession: AnyObject {
    var inputs: [TensorDescription] { get }
    var outputs: [TensorDescription] { get }
    /// The engine with its version ("onnxruntime 1.31.1").
    var engineName: String { get }
    /// What it really runs on ("cpu", "cuda:0"), which after a fall-back is not what was asked for.
    var deviceName: String { get }
    /// True where the network is fitted to the shapes of its inputs, which takes as long as many runs: they should stay
    /// the same from the first run on.
    var isFittedToShapes: Bool { get }

    /// The shapes of results, by the shapes of inputs: asked before a run, not between runs. Inputs that are left out
    /// stay as the network declares them.
    ///
    /// - Returns: nil where the engine cannot tell.
    func outputShapes(_ names: [String], forInputs shapes: [String: [Int]]) -> [[Int]]?

    /// Runs the network once.
    ///
    /// - Parameters:
    ///   - inputs: every input by name. The memory is read where it lies.
    ///   - outputs: names of the results wanted.
    /// - Returns: the results in the order asked for; their memory lives as long as they do.
    /// - Throws: `.internal` with the engine's words.
    func run(inputs: [(name: String, tensor: Tensor)], outputs: [String]) throws -> [Tensor]
}

extension InferenceSession {
    var isFittedToShapes: Bool { false }
    func outputShapes(_ names: [String], forInputs shapes: [String: [Int]]) -> [[Int]]? { nil }
}
