import Foundation

/// A name with one `%d` or `%05d` that stands for the number of a picture.
struct PicturePattern {
    private let folder: String
    private let prefix: String
    private let suffix: String
    private let digits: Int

    /// Nil where the last part of `path` has no such place.
    init?(_ path: String) {
        let name = (path as NSString).lastPathComponent
        guard let match = name.firstMatch(of: /%(0(\d+))?d/) else { return nil }
        folder = (path as NSString).deletingLastPathComponent
        prefix = String(name[..<match.range.lowerBound])
        suffix = String(name[match.range.upperBound...])
        digits = match.output.2.flatMap { Int($0) } ?? 1
    }

    /// The pattern for FFmpeg, which would take every other percent sign for a place of a number too.
    var escaped: String {
        func literal(_ text: String) -> String { text.replacingOccurrences(of: "%", with: "%%") }
        let name = literal(prefix) + (digits > 1 ? "%0\(digits)d" : "%d") + literal(suffix)
        return (literal(folder) as NSString).appendingPathComponent(name)
    }

    /// The path of the picture with a number.
    func path(number: Int) -> String {
        let text = String(number)
        let padded = String(repeating: "0", count: max(0, digits - text.count)) + text
        return (folder as NSString).appendingPathComponent(prefix + padded + suffix)
    }

    /// The numbers that files of the folder have, in order.
    func numbers() -> [Int] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
        return (names ?? []).compactMap { name -> Int? in
            guard name.hasPrefix(prefix), name.hasSuffix(suffix), name.count > prefix.count + suffix.count else {
                return nil
            }
            let middle = name.dropFirst(prefix.count).dropLast(suffix.count)
            let isPadded = middle.count == digits || (middle.count > digits && middle.first != "0")
            guard isPadded, middle.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
            return Int(middle)
        }.sorted()
    }
}
