public import Frames

/// What a network remembers between two pictures, outside of any engine.
public struct NetworkMemory: Sendable, Hashable {
    /// A state's tensor: the innermost dimension runs fastest.
    public struct State: Sendable, Hashable {
        public var shape: [Int]
        /// As many as `shape` has elements.
        public var values: [Float]

        public init(shape: [Int], values: [Float]) {
            self.shape = shape
            self.values = values
        }
    }

    /// Of the pictures that were seen; nil where none was.
    public var size: Size?
    public var states: [State]

    public init(size: Size? = nil, states: [State] = []) {
        self.size = size
        self.states = states
    }
}
