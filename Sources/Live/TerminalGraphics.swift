public import Frames

/// What a terminal says of its graphics.
public struct TerminalGraphics: Sendable, Equatable {
    /// Colour registers, character size and device attributes, the last of which all terminals know.
    public static let question = "\u{1B}[?1;1;0S\u{1B}[16t\u{1B}[c"

    public var hasSixels = false
    /// Colour registers.
    public var colors = 256
    /// Of a character, in pixels.
    public var cell = Size(width: 10, height: 20)

    public init() {}

    /// - Parameter text: answers, and whatever was typed between; nil without the last one, the primary device attributes
    ///   (`ESC [ ? … c`, in which 4 stands for sixels).
    public init?(reply text: String) {
        var isComplete = false
        for answer in text.components(after: "\u{1B}[") {
            guard let end = answer.firstIndex(where: { $0.isLetter }) else { continue }
            let body = answer[..<end]
            let numbers = body.drop { $0 == "?" }.split(separator: ";").compactMap { Int($0) }
            switch (answer[end], body.first == "?") {
            case ("c", true):
                hasSixels = numbers.contains(4)
                isComplete = true
            case ("S", true) where numbers.count == 3 && numbers[0] == 1 && numbers[1] == 0 && numbers[2] > 1:
                colors = numbers[2]
            case ("t", false) where numbers.count == 3 && numbers[0] == 6:
                guard (2...200).contains(numbers[1]), (2...200).contains(numbers[2]) else { continue }
                cell = Size(width: numbers[2], height: numbers[1])
            default: continue
            }
        }
        guard isComplete else { return nil }
    }
}

extension String {
    /// What follows each `mark`, up to the next one.
    fileprivate func components(after mark: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: mark) {
            rest = rest[range.upperBound...]
            parts.append(rest.firstRange(of: mark).map { rest[..<$0.lowerBound] } ?? rest)
        }
        return parts
    }
}
