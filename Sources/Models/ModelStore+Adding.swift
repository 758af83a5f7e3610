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
