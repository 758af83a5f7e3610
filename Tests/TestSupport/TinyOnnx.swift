/// Writes small ONNX files by hand (onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto, ValueInfoProto), so that
/// tests need no network's file.
public struct TinyOnnx {
    public enum Attribute {
        case float(Float)
        case int(Int)
        case ints([Int])
        case text(String)
        /// A GraphProto.
        case graph([UInt8])
    }

    /// Nil dimensions are decided at run time.
    public struct Port {
        let name: String
        let shape: [Int?]
        let type: Int

        /// - Parameter type: ONNX's number of the element type; 1 is float32, 10 float16.
        public init(_ name: String, _ shape: [Int?], type: Int = 1) {
            (self.name, self.shape, self.type) = (name, shape, type)
        }
    }

    private var nodes: [UInt8] = []
    private var constants: [UInt8] = []
    private var ports: [UInt8] = []

    public init() {}

    public mutating func node(
        _ type: String, _ inputs: [String], _ output: String, _ attributes: [(String, Attribute)] = []
    ) {
        node(type, inputs, [output], attributes)
    }

    public mutating func node(
        _ type: String, _ inputs: [String], _ outputs: [String], _ attributes: [(String, Attribute)] = []
    ) {
        var node =
            inputs.flatMap { Self.text(1, $0) } + outputs.flatMap { Self.text(2, $0) } + Self.text(4, type)
        for (name, attribute) in attributes {
            var bytes = Self.text(1, name)
            switch attribute {
            case .float(let value): bytes += Self.key(2, 5) + Self.float(value) + Self.number(20, 1)
            case .int(let value): bytes += Self.number(3, value) + Self.number(20, 2)
            case .text(let value): bytes += Self.text(4, value) + Self.number(20, 3)
            case .graph(let graph): bytes += Self.field(6, graph) + Self.number(20, 5)
            case .ints(let values): bytes += values.flatMap { Self.number(8, $0) } + Self.number(20, 7)
            }
            node += Self.field(5, bytes)
        }
        nodes += Self.field(1, node)
    }

    /// - Parameter isHalf: stored as float16.
    public mutating func constant(_ name: String, _ shape: [Int], _ values: [Float], isHalf: Bool = false) {
        let bytes = isHalf ? values.flatMap(Self.half) : values.flatMap(Self.float)
        let tensor =
            shape.flatMap { Self.number(1, $0) } + Self.number(2, isHalf ? 10 : 1) + Self.text(8, name)
            + Self.field(9, bytes)
        constants += Self.field(5, tensor)
    }

    public mutating func constant(_ name: String, integers values: [Int]) {
        let raw = values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
        constants += Self.field(
            5, Self.number(1, values.count) + Self.number(2, 7) + Self.text(8, name) + Self.field(9, raw))
    }

    /// The file, with operator set 13.
    public mutating func model(inputs: [Port], outputs: [Port]) -> [UInt8] {
        ports = inputs.flatMap { Self.field(11, Self.port($0)) } + outputs.flatMap { Self.field(12, Self.port($0)) }
        let graph = nodes + Self.text(2, "tiny") + constants + ports
        return Self.number(1, 7) + Self.field(7, graph) + Self.field(8, Self.number(2, 13))
    }

    private static func port(_ port: Port) -> [UInt8] {
        let shape = port.shape.flatMap { length in
            field(1, length.map { number(1, $0) } ?? text(2, "any"))
        }
        return text(1, port.name) + field(2, field(1, number(1, port.type) + field(2, shape)))
    }

    private static func varint(_ value: Int) -> [UInt8] {
        var rest = UInt64(bitPattern: Int64(value))
        var bytes: [UInt8] = []
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func key(_ field: Int, _ wire: Int) -> [UInt8] { varint(field << 3 | wire) }
    private static func number(_ number: Int, _ value: Int) -> [UInt8] { key(number, 0) + varint(value) }
    private static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
        key(number, 2) + varint(bytes.count) + bytes
    }
    private static func text(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }
    private static func half(_ value: Float) -> [UInt8] {
        withUnsafeBytes(of: Float16(value).bitPattern.littleEndian) { Array($0) }
    }
    private static func float(_ value: Float) -> [UInt8] {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
}
