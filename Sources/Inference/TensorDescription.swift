/// An input or output of a network, as its file declares it.
public struct TensorDescription: Sendable, Hashable, Codable, CustomStringConvertible {
    public let name: String
    public let elementType: ElementType
    /// One entry for each dimension; nil where it is decided by what is put in. Empty for what is not a tensor.
    public let shape: [Int?]

    public init(name: String, elementType: ElementType, shape: [Int?]) {
        self.name = name
        self.elementType = elementType
        self.shape = shape
    }

    public var description: String {
        "\(name): \(elementType) [\(shape.map { $0.map(String.init) ?? "?" }.joined(separator: ", "))]"
    }
}
