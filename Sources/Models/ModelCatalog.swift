internal import FFmpeg
internal import Foundation
public import Frames

/// The cards there are: those shipped with the program, and the user's own.
public struct ModelCatalog: Sendable {
    /// Shipped cards first, then the user's by file name.
    public let cards: [ModelCard]

    public static let defaultModel = "rvm-mobilenetv3"

    /// `$XDG_CONFIG_HOME/matte/models`, by default `~/.config/matte/models`.
    public static var userDirectory: String { UserFolder.config + "/matte/models" }

    /// - Parameters:
    ///   - userDirectory: its `*.yaml` and `*.yml` files are read; one that is wrong is reported and left out. A user's
    ///     card takes the place of a shipped one with the same name.
    ///   - notice: told about cards that are left out or replaced.
    public init(userDirectory: String? = ModelCatalog.userDirectory, notice: NoticeHandler = { _ in }) {
        var cards: [ModelCard] = []
        for (file, yaml) in BuiltInCards.all {
            do {
                cards.append(try ModelCard(yaml: yaml, file: file, isShipped: true))
            } catch {
                notice("\(error)")
            }
        }
        let names = userDirectory.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        for name in names.sorted() where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            do {
                let card = try Self.card(at: "\(userDirectory ?? "")/\(name)")
                if let index = cards.firstIndex(where: { $0.name == card.name }) {
                    notice("model card '\(card.file ?? name)' takes the place of another card for \(card.name)")
                    cards.remove(at: index)
                }
                cards.append(card)
            } catch {
                notice("\(error)")
            }
        }
        self.cards = cards
    }

    /// - Throws: `.usage` with the names there are.
    public func card(named name: String) throws -> ModelCard {
        guard let card = cards.first(where: { $0.name == name }) else {
            throw MatteError(
                .usage, "unknown model '\(name)'",
                advice: "choose one of \(cards.map(\.name).joined(separator: ", ")), or a .onnx file")
        }
        return card
    }

    public func card(sha256: String) -> ModelCard? { cards.first { $0.sha256 == sha256 } }

    /// Reads a card's file.
    ///
    /// - Throws: `.io`, `.badInput`.
    public static func card(at path: String) throws -> ModelCard { try ModelCard(yaml: text(at: path), file: path) }

    /// Reads the card of a model's file. A card without `sha256` gets the file's.
    ///
    /// - Throws: `.noInput`, `.io`, `.badInput`.
    public static func card(at path: String, of file: String) throws -> ModelCard {
        let yaml = try completed(
            text(at: path), sha256: InstalledModel.read(file).withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) })
        return try ModelCard(yaml: yaml, file: path)
    }

    /// A card's text with the SHA-256 of its file, which is asked for only where the text does not say it.
    static func completed(_ yaml: String, sha256: @autoclosure () throws -> String) rethrows -> String {
        if yaml.split(whereSeparator: \.isNewline).contains(where: { $0.hasPrefix("sha256:") }) { return yaml }
        return yaml + (yaml.hasSuffix("\n") ? "" : "\n") + "sha256: \(try sha256())\n"
    }

    static func text(at path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw MatteError(.io, "model card '\(path)' cannot be read", advice: "look at its permissions")
        }
        guard let yaml = String(bytes: bytes, encoding: .utf8) else {
            throw MatteError(.badInput, "model card '\(path)' is not UTF-8 text")
        }
        return yaml
    }
}
