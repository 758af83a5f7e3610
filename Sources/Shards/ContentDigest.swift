import Decoding
import FFmpeg
import Foundation
import Frames

/// The SHA-256 of what an input holds, and a stamp by which a later look tells, without reading, that it still does.
///
/// The stamp is size, inode, and the times of modification and of change of every file. Every write sets both times;
/// programs may set the first one back, but only the kernel sets the second. So a file with the same stamp has not been
/// written since, if its times were past when it was looked at. A file that was touched within the last two seconds (the
/// coarsest clocks that file systems have) gets no stamp, and is read again next time. A file with another stamp, such
/// as one copied to other storage, is read, and the same bytes are the same content: dates decide only what is read.
public struct ContentDigest: Sendable, Hashable, Codable {
    /// Of the one file's bytes; for several files of their names and digests.
    public let sha256: String
    /// Nil where the files were too fresh to be sure.
    let stamp: String?

    /// - Parameters:
    ///   - input: file, folder of pictures or pattern. Standard input has no content beforehand, and an address is taken
    ///     by its words.
    ///   - known: an earlier digest of the same input, which is given back where its stamp still holds.
    /// - Throws: `.noInput`, `.badInput` or `.io` where the input is not there or cannot be read; `.usage` for `-`.
    public init(of input: String, known: ContentDigest? = nil) throws {
        guard input != "-" else {
            throw MatteError(.usage, "standard input cannot be looked at beforehand", advice: "name a file")
        }
        guard let paths = try InputFiles.paths(of: input) else {
            let words = Array(("address\0" + input).utf8)
            sha256 = try words.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
            stamp = nil
            return
        }
        // Before reading: a write meanwhile changes it.
        let stamp = try Self.stamp(of: paths)
        if let known, let stamp, known.stamp == stamp {
            self = known
            return
        }
        self.stamp = stamp
        if let path = paths.first, paths.count == 1 {
            sha256 = try SHA256Digest.hexDigest(ofFile: path)
            return
        }
        let sum = try RunningSHA256()
        for path in paths {
            let name = (path as NSString).lastPathComponent
            let line = Array("\(try SHA256Digest.hexDigest(ofFile: path)) \(name)\0".utf8)
            line.withUnsafeBytes { sum.update($0) }
        }
        sha256 = sum.finish()
    }

    /// Whether the files are as they were, without reading them. False where only reading can tell.
    public func isCurrent(for input: String) -> Bool {
        guard let stamp, let paths = try? InputFiles.paths(of: input) else { return false }
        return (try? Self.stamp(of: paths)) == stamp
    }

    private static func stamp(of paths: [String]) throws -> String? {
        let identities = try paths.map { try FileIdentity(of: $0) }
        guard identities.allSatisfy(\.isSettled) else { return nil }
        if let identity = identities.first, identities.count == 1 { return identity.text }
        let text = Array(
            zip(paths, identities).map { "\($1.text) \(($0 as NSString).lastPathComponent)\0" }.joined().utf8)
        return try text.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
    }
}
