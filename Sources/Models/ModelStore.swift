internal import FFmpeg
internal import Foundation
public import Frames

/// The folder of model files, one `NAME.onnx` for each card. Any thread may use it; several processes may, too.
public struct ModelStore: Sendable {
    public let directory: String
    public let catalog: ModelCatalog
    /// The interpreter whose pip fetches wheels.
    let python: String

    /// Overrides the folder.
    public static let variable = "MATTE_MODELS_DIR"

    /// `$MATTE_MODELS_DIR`; else `.deps/models` of the checkout that the program was built in, if `make` made it; else
    /// `$XDG_DATA_HOME/matte/models`, by default `~/.local/share/matte/models`.
    public static var defaultDirectory: String {
        if let folder = ProcessInfo.processInfo.environment[variable], !folder.isEmpty { return folder }
        let checkouts = ProgramLocation.executable.map(ProgramLocation.foldersAbove) ?? []
        if let folder = checkouts.map({ $0 + "/.deps/models" }).first(where: FileManager.default.fileExists(atPath:)) {
            return folder
        }
        return UserFolder.data + "/matte/models"
    }

    /// - Parameters:
    ///   - catalog: the shipped and the user's cards by default.
    ///   - python: `$MATTE_PYTHON` or `python3` by default.
    ///   - notice: told about a user's cards that are wrong.
    public init(
        directory: String = ModelStore.defaultDirectory, catalog: ModelCatalog? = nil, python: String? = nil,
        notice: NoticeHandler = { _ in }
    ) {
        self.directory = directory
        self.catalog = catalog ?? ModelCatalog(notice: notice)
        self.python = python ?? ProcessInfo.processInfo.environment["MATTE_PYTHON"] ?? "python3"
    }

    /// All cards with the state of their files.
    ///
    /// - Parameter verifying: reads every file to compare its SHA-256; else `installed` stands for what is there.
    public func list(verifying: Bool = false) throws -> [ModelStatus] {
        try catalog.cards.map { try status(of: $0, verifying: verifying) }
    }

    /// Compares the SHA-256 of a model's file.
    public func verify(_ name: String) throws -> ModelStatus {
        try status(of: catalog.card(named: name), verifying: true)
    }

    /// - Throws: `.missingPart` where the file is not there.
    public func path(_ name: String) throws -> String { try installed(name).path }

    /// Deletes a model's file and what was made of it.
    ///
    /// - Parameter withCard: deletes its card too, which must be the user's; the file may be gone already.
    /// - Throws: `.missingPart` where there is no file to remove, `.usage` for a card that cannot go, `.io` where
    ///   something cannot be removed.
    public func remove(_ name: String, withCard: Bool = false) throws {
        let card = try catalog.card(named: name)
        if withCard, card.file == nil {
            throw MatteError(
                .usage, "the card of \(name) comes with the program and stays", advice: "remove the model without it")
        }
        let files = [path(of: card), partPath(of: card)] + (withCard ? [card.file].compactMap { $0 } : [])
        let paths = files.filter { FileManager.default.fileExists(atPath: $0) }
        guard !paths.isEmpty else { throw missing(card) }
        InstalledModel(card: card, path: path(of: card)).removeDerived()
        for path in paths {
            do {
                try FileManager.default.removeItem(atPath: path)
            } catch {
                throw MatteError(.io, "'\(path)' cannot be removed", advice: "look at the folder's permissions")
            }
        }
    }

    /// The model that `--model` means: a name, or the path of a `.onnx` file.
    ///
    /// A file needs a card: `x.yaml` beside `x.onnx`, or any card with the file's SHA-256.
    /// - Throws: `.usage` for an unknown name, `.missingPart` for one whose file is not there, `.noInput` or
    ///   `.badInput` for a file.
    public func model(_ spec: String) throws -> InstalledModel {
        guard spec.contains("/") || spec.hasSuffix(".onnx") else { return try installed(spec) }
        let sidecar = (spec.hasSuffix(".onnx") ? String(spec.dropLast(5)) : spec) + ".yaml"
        if FileManager.default.fileExists(atPath: sidecar) {
            return InstalledModel(card: try ModelCatalog.card(at: sidecar), path: spec)
        }
        let digest = try InstalledModel.read(spec).withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        guard let card = catalog.card(sha256: digest) else { throw unknownFile(spec, digest: digest, sidecar: sidecar) }
        return InstalledModel(card: card, path: spec)
    }

    func installed(_ name: String) throws -> InstalledModel {
        let card = try catalog.card(named: name)
        guard FileManager.default.fileExists(atPath: path(of: card)) else { throw missing(card) }
        return InstalledModel(card: card, path: path(of: card))
    }

    func path(of card: ModelCard) -> String { "\(directory)/\(card.name).onnx" }
    func partPath(of card: ModelCard) -> String { path(of: card) + ".part" }

    func unknownFile(_ file: String, digest: String, sidecar: String) -> MatteError {
        MatteError(
            .badInput, "no card describes '\(file)' (its SHA-256 is \(digest))",
            advice: "write a card with that sha256 into '\(sidecar)' or '\(ModelCatalog.userDirectory)'")
    }

    private func missing(_ card: ModelCard) -> MatteError {
        MatteError(
            .missingPart, "model \(card.name) is not installed ('\(path(of: card))' does not exist)",
            advice: "run `matte models pull \(card.name)`")
    }

    private func status(of card: ModelCard, verifying: Bool) throws -> ModelStatus {
        let path = path(of: card)
        guard let length = Self.length(of: path) else {
            let part = Self.length(of: partPath(of: card))
            return ModelStatus(card: card, path: path, state: part == nil ? .missing : .partial, byteCount: part ?? 0)
        }
        var state = ModelStatus.State.installed
        if let expected = card.byteCount, expected != length {
            state = .damaged
        } else if verifying {
            state = try SHA256Digest.hexDigest(ofFile: path, progress: nil) == card.sha256 ? .verified : .damaged
        }
        return ModelStatus(card: card, path: path, state: state, byteCount: length)
    }

    static func length(of path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size].flatMap { ($0 as? NSNumber)?.intValue }
    }
}
