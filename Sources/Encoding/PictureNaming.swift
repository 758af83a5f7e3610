/// Names of the pictures of a sequence, after a printf pattern with one number: "%05d.png", "shot-%d.png".
public struct PictureNaming: Sendable, Hashable {
    let prefix: String
    let digits: Int
    let suffix: String

    /// The number of a sequence's first picture, as FFmpeg's.
    static let firstNumber = 1
    static let standard = PictureNaming(prefix: "", digits: 5, suffix: ".png")

    private init(prefix: String, digits: Int, suffix: String) {
        self.prefix = prefix
        self.digits = digits
        self.suffix = suffix
    }

    /// - Parameter pattern: a file name; `%%` stands for a percent sign.
    /// - Returns: nil unless there is exactly one `%d` or `%0Nd`.
    init?(pattern: String) {
        var parts = [""]
        var digits: Int?
        var rest = Substring(pattern)
        while let character = rest.popFirst() {
            guard character == "%" else {
                parts[parts.count - 1].append(character)
                continue
            }
            if rest.first == "%" {
                rest.removeFirst()
                parts[parts.count - 1].append("%")
                continue
            }
            let number = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(number.count)
            guard rest.popFirst() == "d", digits == nil, number.isEmpty || number.hasPrefix("0") else { return nil }
            let width = number.isEmpty ? 1 : Int(number) ?? 0
            guard (1...18).contains(width) else { return nil }
            digits = width
            parts.append("")
        }
        guard let digits, parts.count == 2 else { return nil }
        self.init(prefix: parts[0], digits: digits, suffix: parts[1])
    }

    /// Whether a name looks meant as a pattern: a percent sign, digits perhaps, and a letter. ("50%.png" is a name.)
    static func looksLikePattern(_ name: String) -> Bool {
        name.replacing("%%", with: "").contains(/%[0-9]*[A-Za-z]/)
    }

    func fileName(number: Int) -> String {
        let text = String(number)
        return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text + suffix
    }

    /// Whether a file of this name would be read as a part of the sequence.
    func matches(_ fileName: String) -> Bool {
        guard fileName.hasPrefix(prefix), fileName.hasSuffix(suffix),
            fileName.utf8.count >= prefix.utf8.count + suffix.utf8.count + digits
        else { return false }
        return fileName.dropFirst(prefix.count).dropLast(suffix.count).allSatisfy { $0.isASCII && $0.isNumber }
    }
}
