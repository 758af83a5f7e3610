/// A pixel format's four characters, as Video4Linux names formats ("YUYV").
public struct FourCC: RawRepresentable, Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The characters as bytes, the first in the lowest.
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Shorter names are filled with spaces; nil where the name is empty, longer than four or not ASCII.
    public init?(_ name: String) {
        let bytes = Array(name.utf8)
        guard (1...4).contains(bytes.count), bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
        self.init(bytes)
    }

    public init(stringLiteral name: StaticString) { self.init(name.withUTF8Buffer { Array($0) }) }

    private init(_ bytes: [UInt8]) {
        rawValue = (0..<4).reduce(0) { sum, index in
            sum | UInt32(index < bytes.count ? bytes[index] : 0x20) << UInt32(8 * index)
        }
    }

    /// The four characters without spaces at the end; what is no printable ASCII as dots.
    public var description: String {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> UInt32(8 * $0)) }
        let text = String(decoding: bytes.map { (0x20..<0x7F).contains($0) ? $0 : 0x2E }, as: UTF8.self)
        return String(text.reversed().drop { $0 == " " }.reversed())
    }
}
