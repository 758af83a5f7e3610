internal import Foundation
public import Frames

/// Where matting stands between two frames of a clip: what the network remembers, and what the search for cuts does. With
/// it another process goes on with the very bits that this one would have given.
public struct MattingCheckpoint: Sendable, Hashable {
    let size: Size?
    /// The last frame's, as `SceneCutDetector` sees it.
    let thumbnail: [Float]
    let differenceBefore: Float
    let memory: NetworkMemory

    /// One line of JSON that says what the floats after it are.
    private struct Header: Codable {
        var size: [Int]
        var memorySize: [Int]
        var thumbnail: Int
        var shapes: [[Int]]
        var differenceBits: UInt32
    }

    init(size: Size?, thumbnail: [Float], differenceBefore: Float, memory: NetworkMemory) {
        self.size = size
        self.thumbnail = thumbnail
        self.differenceBefore = differenceBefore
        self.memory = memory
    }

    /// For a file: a line of JSON, then 32-bit floats, the lowest byte first.
    public var bytes: [UInt8] {
        func numbers(_ size: Size?) -> [Int] { size.map { [$0.width, $0.height] } ?? [] }
        let header = Header(
            size: numbers(size), memorySize: numbers(memory.size), thumbnail: thumbnail.count,
            shapes: memory.states.map(\.shape), differenceBits: differenceBefore.bitPattern)
        let line = (try? JSONEncoder().encode(header)) ?? Data()
        let floats = thumbnail + memory.states.flatMap(\.values)
        return Array(line) + [UInt8(ascii: "\n")]
            + floats.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
    }

    /// - Throws: `.badInput` for bytes that are not whole.
    public init(bytes: [UInt8]) throws(MatteError) {
        let damaged = MatteError(.badInput, "a checkpoint is damaged", advice: "begin anew")
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[..<end])),
            header.thumbnail >= 0, header.shapes.joined().allSatisfy({ (1...1 << 16).contains($0) })
        else { throw damaged }
        let body = bytes[(end + 1)...]
        let counts = header.shapes.map { $0.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue } }
        let total = counts.reduce(header.thumbnail) { $0 &+ $1 }
        guard counts.allSatisfy({ $0 > 0 }), body.count % 4 == 0, body.count / 4 == total else { throw damaged }
        var floats = stride(from: body.startIndex, to: body.endIndex, by: 4).map { place in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(body[place + $1]) << (8 * UInt32($1)) })
        }[...]
        func take(_ count: Int) -> [Float] {
            defer { floats = floats.dropFirst(count) }
            return Array(floats.prefix(count))
        }
        func size(_ numbers: [Int]) -> Size? {
            numbers.count == 2 ? Size(width: numbers[0], height: numbers[1]) : nil
        }
        self.size = size(header.size)
        thumbnail = take(header.thumbnail)
        differenceBefore = Float(bitPattern: header.differenceBits)
        memory = NetworkMemory(
            size: size(header.memorySize),
            states: zip(header.shapes, counts).map { NetworkMemory.State(shape: $0, values: take($1)) })
    }
}
