import Frames

/// Reads sixels as a terminal does (EK-VT3XX-TP-001, chapter 14): an independent reader for what is written.
struct SixelReader {
    private(set) var size = Size(width: 0, height: 0)
    private(set) var registers: [Int: [Int]] = [:]
    /// Register of each pixel; nil where nothing was drawn.
    private(set) var pixels: [[Int?]] = []
    private(set) var isWhole = false

    init(_ text: String) {
        let bytes = Array(text.utf8)
        guard let begin = text.firstRange(of: "q"), text.hasPrefix("\u{1B}P"), text.hasSuffix("\u{1B}\\") else {
            return
        }
        var at = text.utf8.distance(from: text.startIndex, to: begin.upperBound)
        func numbers() -> [Int] {
            var found = [0]
            while at < bytes.count {
                if (48...57).contains(bytes[at]) {
                    found[found.count - 1] = 10 * found[found.count - 1] + Int(bytes[at]) - 48
                } else if bytes[at] == UInt8(ascii: ";") {
                    found.append(0)
                } else {
                    break
                }
                at += 1
            }
            return found
        }
        var (column, top, color) = (0, 0, 0)
        while at < bytes.count - 2 {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                let raster = numbers()
                size = Size(width: raster[2], height: raster[3])
                pixels = Array(repeating: Array(repeating: nil, count: size.width), count: size.height + 6)
            case UInt8(ascii: "#"):
                let parts = numbers()
                color = parts[0]
                if parts.count == 5 { registers[color] = Array(parts[2...]) }
            case UInt8(ascii: "$"): column = 0
            case UInt8(ascii: "-"): (column, top) = (0, top + 6)
            default:
                var (count, mask) = (1, Int(byte) - 63)
                if byte == UInt8(ascii: "!") {
                    count = numbers()[0]
                    mask = Int(bytes[at]) - 63
                    at += 1
                }
                for _ in 0..<count {
                    for row in 0..<6 where mask >> row & 1 == 1 { pixels[top + row][column] = color }
                    column += 1
                }
            }
        }
        isWhole = true
    }

    /// Mean of a channel (0 to 100) over a square of pixels.
    func mean(_ channel: Int, x: Int, y: Int, side: Int) -> Double {
        var sum = 0
        for row in y..<y + side {
            for column in x..<x + side { sum += pixels[row][column].flatMap { registers[$0]?[channel] } ?? -1000 }
        }
        return Double(sum) / Double(side * side)
    }
}
