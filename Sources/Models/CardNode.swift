internal import Frames
internal import Yams

/// A place in a card's YAML that is read key by key; every complaint names the file and the line.
struct CardNode {
    let node: Node
    /// The card's file.
    let file: String
    /// The key that led here, for messages.
    let path: String

    /// - Throws: `.badInput` where the text is no YAML or its top is not a mapping.
    init(yaml: String, file: String) throws {
        do {
            guard let node = try Yams.compose(yaml: yaml) else {
                throw MatteError(.badInput, "model card '\(file)' is empty", advice: Self.advice)
            }
            self.init(node: node, file: file, path: "")
        } catch let error as YamlError {
            let words = "\(error)".split(whereSeparator: \.isNewline).first.map(String.init) ?? "no YAML"
            throw MatteError(.badInput, "model card '\(file)' is not YAML (\(words))", advice: Self.advice)
        }
    }

    private init(node: Node, file: String, path: String) {
        self.node = node
        self.file = file
        self.path = path
    }

    private static let advice = "compare it with a shipped card"

    func failure(_ words: String, advice: String? = nil) -> MatteError {
        let line = node.mark.map { ", line \($0.line)" } ?? ""
        return MatteError(.badInput, "model card '\(file)'\(line): \(words)", advice: advice ?? Self.advice)
    }

    var isScalar: Bool {
        if case .scalar = node { true } else { false }
    }

    /// The values of a mapping by key.
    ///
    /// - Throws: for a key that is not `known`, naming the one that may have been meant.
    func mapping(_ known: [String]) throws -> [String: CardNode] {
        guard case .mapping(let mapping) = node else {
            throw failure("\(path.isEmpty ? "the card" : "'\(path)'") must be a mapping of keys to values")
        }
        var values: [String: CardNode] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard known.contains(name) else {
                throw CardNode(node: key, file: file, path: name).failure(
                    "unknown key '\(name)'", advice: "the keys here are \(known.joined(separator: ", "))")
            }
            values[name] = CardNode(node: value, file: file, path: path.isEmpty ? name : "\(path).\(name)")
        }
        return values
    }

    func list() throws -> [CardNode] {
        guard case .sequence(let sequence) = node else { throw failure("'\(path)' must be a list") }
        return sequence.enumerated().map { CardNode(node: $1, file: file, path: "\(path)[\($0)]") }
    }

    /// The scalar as it is written, so that `1.0` stays a version and `yes` a word.
    func text() throws -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw failure("'\(path)' must be a text")
        }
        return scalar.string
    }

    func integer(_ range: ClosedRange<Int>) throws -> Int {
        guard case .scalar(let scalar) = node, let value = Int(scalar.string), range.contains(value) else {
            throw failure("'\(path)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func number() throws -> Float {
        guard case .scalar(let scalar) = node, let value = Float(scalar.string), value.isFinite else {
            throw failure("'\(path)' must be a number")
        }
        return value
    }
}
