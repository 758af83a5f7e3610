/// What the numbers of a tensor are. The raw value is ONNX's `TensorProto.DataType`.
public enum ElementType: Int32, Sendable, Codable, CustomStringConvertible {
    case float32 = 1
    case uint8 = 2
    case int32 = 6
    case int64 = 7
    case bool = 9
    case float16 = 10
    case float64 = 11
    case bfloat16 = 16
    /// Any other; no network here works on it.
    case other = 0

    public var description: String {
        switch self {
        case .float32: "float32"
        case .uint8: "uint8"
        case .int32: "int32"
        case .int64: "int64"
        case .bool: "bool"
        case .float16: "float16"
        case .float64: "float64"
        case .bfloat16: "bfloat16"
        case .other: "an unknown type"
        }
    }
}
