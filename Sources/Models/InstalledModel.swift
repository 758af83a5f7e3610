internal import FFmpeg
internal import Foundation
internal import Frames

/// A model whose file is there. Whether it is the right file shows when it is read.
public struct InstalledModel: Sendable, Hashable {
    public let card: ModelCard
    public let path: String

    public init(card: ModelCard, path: String) {
        self.card = card
        self.path = path
    }

    /// Reads the file once, checks these very bytes against the card's SHA-256, and lends them to `body`: nothing can
    /// change between the check and the use.
    ///
    /// - Throws: `.missingPart` where the file is gone, `.io` where it cannot be read, `.badInput` where it is not the
    ///   file the card means.
    public func withVerifiedBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        let data = try Self.read(path)
        return try data.withUnsafeBytes { bytes in
            guard try SHA256Digest.hexDigest(of: bytes) == card.sha256 else {
                throw MatteError(
                    .badInput, "'\(path)' is damaged or another file: its SHA-256 is not that of \(card.name)",
                    advice: "`matte models pull \(card.name)` puts the right one in its place")
            }
            return try body(bytes)
        }
    }

    /// Compares the file's SHA-256 with the card's, for those who write a card.
    ///
    /// - Throws: `.badInput` with the file's own; else as `withVerifiedBytes`.
    public func checkDigest() throws {
        let digest = try Self.read(path).withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        guard digest != card.sha256 else { return }
        throw MatteError(
            .badInput, "the SHA-256 of '\(path)' is \(digest), and the card of \(card.name) says \(card.sha256)",
            advice: "if it is the right file, correct 'sha256' of the card")
    }

    static func read(_ path: String) throws -> Data {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw MatteError(.noInput, "'\(path)' does not exist", advice: "check the path")
        }
        guard !isFolder.boolValue else {
            throw MatteError(.badInput, "'\(path)' is a folder", advice: "name a model file")
        }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw MatteError(.io, "'\(path)' cannot be read", advice: "look at its permissions")
        }
    }
}
