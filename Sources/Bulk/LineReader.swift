internal import Glibc

/// Lines that come through a pipe, whole ones only.
struct LineReader {
    private var pending: [UInt8] = []
    private(set) var isAtEnd = false
    /// A line that does not end would grow for ever.
    private static let longest = 1 << 20

    /// What is there now, without waiting. The last line may lack its end once the writer is gone.
    mutating func lines(from descriptor: Int32) -> [String] {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while !isAtEnd {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                pending += buffer.prefix(count)
                if pending.count > Self.longest { break }
            } else if count == 0 {
                isAtEnd = true
            } else if errno != EINTR {
                if errno != EAGAIN { isAtEnd = true }
                break
            }
        }
        var lines = pending.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let rest = lines.popLast() ?? []
        if isAtEnd || rest.count > Self.longest {
            if !rest.isEmpty { lines.append(rest) }
            pending = []
        } else {
            pending = Array(rest)
        }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }
}
