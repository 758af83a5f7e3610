internal import FFmpeg
internal import Foundation
internal import Frames

extension ModelStore {
    /// Takes a copy of a model file that the user has, under the card its SHA-256 belongs to.
    ///
    /// - Parameter name: the card that is meant; a file that is not its file is refused.
    /// - Throws: `.noInput`, `.badInput` (not a card's file), `.usage` (unknown name), `.cannotCreate`.
    @discardableResult
    public func add(_ file: String, name: String? = nil) throws -> InstalledModel {
        let data = try InstalledModel.read(file)
        let digest = try data.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        let card: ModelCard
        if let name {
            card = try catalog.card(named: name)
            guard card.sha256 == digest else {
                throw MatteError(
                    .badInput, "'\(file)' is not the file of \(name): its SHA-256 is \(digest)",
                    advice: "the card asks for \(card.sha256)")
            }
        } else if let found = catalog.card(sha256: digest) {
            card = found
        } else {
            throw unknownFile(file, digest: digest, sidecar: "NAME.yaml")
        }
        try makeDirectory()
        do {
            // The very bytes that were checked.
            try Self.write(data, to: path(of: card))
        } catch {
            throw error as? MatteError
                ?? MatteError(
                    .cannotCreate, "'\(path(of: card))' cannot be written",
                    advice: "look at the free space and permissions of '\(directory)'")
        }
        return InstalledModel(card: card, path: path(of: card))
    }

    /// Takes a copy of a model file under a card of the user's, which is kept beside the user's other cards.
    ///
    /// - Parameters:
    ///   - path: of the card. A card without `sha256` gets the file's.
    ///   - userDirectory: where cards are kept.
    /// - Throws: as `add(_:name:)`; `.badInput` for a card that is wrong or means another file; `.cannotCreate` where another
    ///   card has its name.
    @discardableResult
    public func add(
        _ file: String, cardAt path: String, userDirectory: String = ModelCatalog.userDirectory
    ) throws -> InstalledModel {
        let data = try InstalledModel.read(file)
        let digest = try data.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        let yaml = try ModelCatalog.completed(ModelCatalog.text(at: path), sha256: digest)
        let card = try ModelCard(yaml: yaml, file: path)
        guard card.sha256 == digest else {
            throw MatteError(
                .badInput, "'\(file)' is not the file of the card '\(path)': its SHA-256 is \(digest)",
                advice: "the card asks for \(card.sha256)")
        }
        let kept = "\(userDirectory)/\(card.name).yaml"
        let old = FileManager.default.contents(atPath: kept)
        let isTaken = catalog.cards.contains { $0.name == card.name && $0.file != kept }
        guard !isTaken, old == nil || old == Data(yaml.utf8) else {
            throw MatteError(
                .cannotCreate, "there is another card named \(card.name)",
                advice: "change 'name' in '\(path)'"
                    + (old == nil ? "" : ", or `matte models remove \(card.name) --card` first"))
        }
        try makeDirectory()
        do {
            try FileManager.default.createDirectory(atPath: userDirectory, withIntermediateDirectories: true)
            try Self.write(data, to: self.path(of: card))
            try Self.write(Data(yaml.utf8), to: kept)
        } catch {
            throw error as? MatteError
                ?? MatteError(
                    .cannotCreate, "'\(kept)' or '\(self.path(of: card))' cannot be written",
                    advice: "look at the free space and permissions of their folders")
        }
        return InstalledModel(card: card, path: self.path(of: card))
    }

    func makeDirectory() throws {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw MatteError(
                .cannotCreate, "the models' folder '\(directory)' cannot be made",
                advice: "set \(Self.variable) to a folder you may write to")
        }
    }

    /// Writes beside the name, where the file appears only when complete. Several may write the same one at a time.
    static func write(_ data: Data, to path: String) throws {
        let beside = "\(path).\(ProcessInfo.processInfo.processIdentifier).\(UInt32.random(in: 0...(.max))).new"
        do {
            try data.write(to: URL(fileURLWithPath: beside))
            try rename(beside, to: path)
        } catch {
            try? FileManager.default.removeItem(atPath: beside)
            throw error
        }
    }

    /// Replaces `target` in one step, which FileManager's own move refuses to do.
    static func rename(_ path: String, to target: String) throws {
        guard Foundation.rename(path, target) == 0 else {
            throw MatteError(
                .cannotCreate, "'\(target)' cannot be written", advice: "look at the permissions of its folder")
        }
    }
}
