internal import Inference

/// What a recurrent network remembers: tensors that go from one run into the next as the engine made them.
struct RecurrentState {
    private let ports: [(input: String, output: String)]
    private let session: any InferenceSession
    /// All zero: nothing is remembered.
    private var fresh: [Tensor]
    private var current: [Tensor]

    /// - Parameter ports: names of each state's input and output.
    init(_ ports: [(input: String, output: String)], of session: any InferenceSession) {
        self.ports = ports
        self.session = session
        fresh = Self.zeros(ports.map { _ in Self.onePixel })
        current = fresh
    }

    /// For the next run.
    var inputs: [(name: String, tensor: Tensor)] { zip(ports, current).map { ($0.input, $1) } }
    var outputNames: [String] { ports.map(\.output) }

    /// Forgets everything.
    mutating func reset() { current = fresh }

    /// Forgets everything, as pictures of another size follow.
    ///
    /// RVM's graph spreads a state of one pixel to the size it needs. An engine that fits the network to its inputs
    /// would have to do so twice then, for the first picture and for the others; where it can tell the size beforehand,
    /// the state has it from the start. Zeros are zeros either way.
    /// - Parameter others: the network's other inputs at the new size.
    mutating func reset(besides others: [(name: String, tensor: Tensor)]) {
        let pixels = ports.map { _ in Self.onePixel }
        let shapes = others.map { ($0.name, $0.tensor.shape) } + zip(ports.map(\.input), pixels)
        fresh = Self.zeros(
            session.outputShapes(outputNames, forInputs: Dictionary(shapes) { first, _ in first }) ?? pixels)
        reset()
    }

    /// Takes the states that a run gave, in the order of `outputNames`.
    mutating func advance(to states: ArraySlice<Tensor>) {
        current = Array(states)
        if session.isFittedToShapes, current.map(\.shape) != fresh.map(\.shape) {
            fresh = Self.zeros(current.map(\.shape))
        }
    }

    /// A copy outside of the engine.
    var values: [NetworkMemory.State] {
        current.map { tensor in tensor.withFloats { NetworkMemory.State(shape: tensor.shape, values: Array($0)) } }
    }

    /// - Returns: false where the states are not as many as the ports, or not whole.
    mutating func restore(_ states: [NetworkMemory.State]) -> Bool {
        guard states.count == ports.count,
            states.allSatisfy({ $0.shape.allSatisfy { $0 > 0 } && $0.shape.reduce(1, *) == $0.values.count })
        else { return false }
        current = states.map { Tensor(shape: $0.shape, values: $0.values) }
        if session.isFittedToShapes { fresh = Self.zeros(current.map(\.shape)) }
        return true
    }

    private static let onePixel = [1, 1, 1, 1]

    private static func zeros(_ shapes: [[Int]]) -> [Tensor] { shapes.map { Tensor(shape: $0, values: [0]) } }
}
