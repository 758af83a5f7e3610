internal import Frames

/// How outputs are called after their inputs: '{stem}_matte.{ext}'.
struct NamePattern: Sendable {
    static let standard = "{stem}_matte.{ext}"
    /// For pictures, where each clip gets a folder.
    static let folders = "{stem}_matte/"

    private enum Part: Sendable {
        case text(String)
        case placeholder(String)
    }

    static let placeholders = ["stem", "name", "ext"]
    private let parts: [Part]

    /// - Parameters:
    ///   - text: with `{stem}` (the input's name without its extension), `{name}` (with it) and `{ext}` (the output's).
    ///   - place: what errors call it.
    /// - Throws: `.usage` for another word in braces.
    init(_ text: String, place: String) throws(MatteError) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let word = String(rest[rest.index(after: open)..<close])
            guard Self.placeholders.contains(word) else {
                let guess =
                    Spelling.nearest(to: word, among: Self.placeholders).map { "; did you mean '{\($0)}'?" } ?? ""
                throw MatteError(
                    .usage, "\(place): '{\(word)}' is no part of a name\(guess)",
                    advice: "there are {stem}, {name} and {ext}")
            }
            parts += [.text(String(rest[..<open])), .placeholder(word)]
            rest = rest[rest.index(after: close)...]
        }
        self.parts = parts + [.text(String(rest))]
    }

    /// The name for an input.
    ///
    /// - Parameter fileExtension: the output's, without a dot.
    func name(for input: String, fileExtension: String) -> String {
        let file = FileName(ofInput: input)
        return parts.map { part in
            switch part {
            case .text(let text): text
            case .placeholder("stem"): file.stem
            case .placeholder("ext"): fileExtension
            case .placeholder: file.name
            }
        }.joined()
    }

    /// `text` with the placeholders that it has; other braces stay, as options may mean something by them.
    static func filled(_ text: String, for input: String, fileExtension: String) -> String {
        guard text.contains("{"), let pattern = try? NamePattern(text, place: "") else { return text }
        return pattern.name(for: input, fileExtension: fileExtension)
    }
}
