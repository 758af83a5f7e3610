import Decoding
import FFmpeg
import Foundation
import Frames

/// By what a worker knows that an input is the one that was planned, without reading all of it.
///
/// First its stamp (`ContentDigest` says why it can be trusted). Where that differs, because the files were copied or are
/// seen through another mount, the sizes and 48 KiB of each file, from its beginning, middle and end, are compared by
/// SHA-256: containers keep sizes and places of all pictures there, so that a clip that was written anew differs.
struct InputSeal: Sendable, Hashable, Codable {
    private let stamp: String
    private let sample: String

    private static let sampleBytes = 16 << 10

    /// - Throws: `.noInput` or `.badInput` where the input is not there, `.usage` for a stream or an address.
    init(of input: String) throws {
        let paths = try Self.paths(of: input)
        stamp = try Self.stamp(of: paths)
        sample = try Self.sample(of: paths)
    }

    /// - Throws: `.badInput` where it is another input now, `.noInput` where it is gone.
    func check(_ input: String) throws {
        let paths = try Self.paths(of: input)
        if try Self.stamp(of: paths) == stamp { return }
        guard try Self.sample(of: paths) == sample else {
            throw MatteError(
                .badInput, "'\(input)' has changed since the plan was made", advice: "make a new plan for it")
        }
    }

    private static func paths(of input: String) throws -> [String] {
        guard input != "-", let paths = try InputFiles.paths(of: input) else {
            throw MatteError(
                .usage, "'\(input)' is a stream, which other machines cannot read again",
                advice: "store it as a file first")
        }
        return paths
    }

    private static func stamp(of paths: [String]) throws -> String {
        let identities = try paths.map { try FileIdentity(of: $0).text }
        return try sha256(identities.joined(separator: "\n"))
    }

    private static func sample(of paths: [String]) throws -> String {
        let sum = try RunningSHA256()
        for path in paths {
            guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd() else {
                throw MatteError(.noInput, "cannot read '\(path)'", advice: "check that it is there and may be read")
            }
            defer { try? file.close() }
            Array("\(size)\n".utf8).withUnsafeBytes { sum.update($0) }
            let last = size > UInt64(sampleBytes) ? size - UInt64(sampleBytes) : 0
            for offset in last == 0 ? [0] : [0, last / 2, last] {
                do {
                    try file.seek(toOffset: offset)
                    try file.read(upToCount: sampleBytes)?.withUnsafeBytes { sum.update($0) }
                } catch {
                    throw MatteError(.io, "cannot read '\(path)'", advice: "check the disk")
                }
            }
        }
        return sum.finish()
    }

    private static func sha256(_ text: String) throws -> String {
        try Array(text.utf8).withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
    }
}
